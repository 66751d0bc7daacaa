namespace Spearmint.Execution;

/// <summary>What the end of a branch changes for its config.</summary>
internal enum QuarantineChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The config is quarantined, or stays so for a longer pause because its probe failed.</summary>
    Quarantined,

    /// <summary>A probe has succeeded.</summary>
    Released,
}
