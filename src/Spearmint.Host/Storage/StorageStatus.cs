namespace Spearmint.Host.Storage;

/// <summary>How the store is doing.</summary>
internal sealed record StorageStatus
{
    /// <summary><c>sqlite</c>, <c>postgres</c> or <c>none</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The file, or host and database, without a password; what a person looks for.</summary>
    public required string Location { get; init; }

    /// <summary>The version of the schema; 0 where there is none.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>What it takes, in bytes; null where that is not known.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>How many branches are kept, as far as that is known without counting all.</summary>
    public long Branches { get; init; }

    public DateTimeOffset? OldestBranchAt { get; init; }

    /// <summary>How many branches retention has removed because of their age, ever.</summary>
    public long RemovedByAge { get; init; }

    /// <summary>How many branches retention has removed because there was too much, ever.</summary>
    public long RemovedBySize { get; init; }

    /// <summary>The start of the newest branch that was removed; figures of branches before it may miss some.</summary>
    public DateTimeOffset? RemovedUpTo { get; init; }

    /// <summary>How many events the store was not given, ever, as far as it was told.</summary>
    public long LostEvents { get; init; }

    /// <summary>What the last failure said; null where there was none since the start.</summary>
    public string? LastError { get; init; }

    /// <summary>When something was written last; null where nothing was since the start.</summary>
    public DateTimeOffset? LastWriteAt { get; init; }
}
