namespace Spearmint.Host.Security;

/// <summary>What a key lets its bearer do. The names are those of the policies too.</summary>
internal static class Role
{
    /// <summary>Reads.</summary>
    public const string Viewer = "viewer";

    /// <summary>Reads, runs and controls.</summary>
    public const string Operator = "operator";
}
