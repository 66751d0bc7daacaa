using Spearmint.Domain;

namespace Spearmint.Host.Storage.Figures;

/// <summary>What is counted of one type of error of one config in one stretch of time.</summary>
/// <param name="experiment">The name of the experiment.</param>
/// <param name="configId">The id of the config.</param>
/// <param name="errorType">The full name of the type; empty where a branch has no error.</param>
/// <param name="start">Where the stretch begins.</param>
internal sealed class FailureBucket(string experiment, string configId, string errorType, DateTimeOffset start)
{
    private const int MaxMessage = 1000;

    public string Experiment => experiment;

    public string ConfigId => configId;

    public string ErrorType => errorType;

    public DateTimeOffset Start => start;

    public long Count { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    public Guid LastRunId { get; private set; }

    public Guid LastBranchId { get; private set; }

    public string LastMessage { get; private set; } = "";

    public void Add(BranchFinished finished) => Add(
        1, finished.StartedAt, finished.RunId, finished.BranchId,
        finished.Error?.Message is not { } message ? "" : message.Length <= MaxMessage ? message : string.Concat(message.AsSpan(0, MaxMessage - 1), "…"));

    public void Add(FailureBucket other) => Add(other.Count, other.LastAt, other.LastRunId, other.LastBranchId, other.LastMessage);

    public void Add(long count, DateTimeOffset lastAt, Guid lastRunId, Guid lastBranchId, string lastMessage)
    {
        var isNewer = Count == 0 || (lastAt, lastBranchId).CompareTo((LastAt, LastBranchId)) > 0;
        Count += count;
        if (isNewer)
            (LastAt, LastRunId, LastBranchId, LastMessage) = (lastAt, lastRunId, lastBranchId, lastMessage);
    }

    public FailureGroup Read() => new(experiment, configId, errorType, Count, LastAt, LastRunId, LastBranchId, LastMessage);
}
