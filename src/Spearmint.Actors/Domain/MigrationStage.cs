namespace Spearmint.Domain;

/// <summary>Where the migration from an old store to a new one stands.</summary>
public enum MigrationStage
{
    /// <summary>The old store alone.</summary>
    Off,

    /// <summary>Writes go to both, the old one first; reads come from the old one.</summary>
    DualWrite,

    /// <summary>Writes go to both, the old one first; reads are answered by the old one and compared with the new one.</summary>
    Shadow,

    /// <summary>Writes go to both, the new one first; reads are answered by the new one and compared with the old one.</summary>
    Live,

    /// <summary>Writes go to both, the new one first; reads come from the new one.</summary>
    RampDown,

    /// <summary>The new store alone.</summary>
    Complete,
}
