namespace Spearmint.Statistics;

/// <summary>What stands for all that there is no room to name.</summary>
internal static class Others
{
    public const string Name = "(other)";
}
