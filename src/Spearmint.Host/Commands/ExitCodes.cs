namespace Spearmint.Host.Commands;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>What was typed cannot be done: an unknown command, a file that cannot be read.</summary>
    public const int WrongUse = 2;
}
