namespace Spearmint.Host.Storage.Sql;

/// <summary>A row of <c>branches</c> and, where <see cref="Details"/> are there, of <c>branch_details</c>.</summary>
internal sealed class BranchValues
{
    /// <summary>What a row takes beside its texts.</summary>
    public required int Fixed { get; init; }

    public required Guid Id { get; init; }

    public required Guid RunId { get; init; }

    public required int Session { get; init; }

    public long? StartedSequence { get; init; }

    public long? FinishedSequence { get; init; }

    public required int Experiment { get; init; }

    public required int Strategy { get; init; }

    public required int Config { get; init; }

    public required short Role { get; init; }

    public required short Status { get; init; }

    public required long StartedAt { get; init; }

    public long Duration { get; init; }

    public long SettingsVersion { get; init; }

    public short? Verdict { get; init; }

    public int? ErrorType { get; init; }

    public int? SkipReason { get; init; }

    public string? TraceId { get; init; }

    public string? Metrics { get; init; }

    public DetailValues? Details { get; init; }

    /// <summary>About how many bytes the branch takes; counted when it ends.</summary>
    public int Size => FinishedSequence is null ? 0 : Fixed + (Metrics?.Length ?? 0) + (Details?.Size ?? 0);
}

/// <summary>What few branches have, or what is large.</summary>
internal sealed record DetailValues(
    Guid? ParentRunId, Guid? ParentBranchId, string? Context, string? Input, string? Output, string? Error, string? Late, string? Compared)
{
    private const int Fixed = 100;

    public int Size =>
        Fixed + (Context?.Length ?? 0) + (Input?.Length ?? 0) + (Output?.Length ?? 0) + (Error?.Length ?? 0) + (Late?.Length ?? 0) + (Compared?.Length ?? 0);

    public bool IsEmpty => this is
    {
        ParentRunId: null, Context: null, Input: null, Output: null, Error: null, Late: null, Compared: null,
    };
}
