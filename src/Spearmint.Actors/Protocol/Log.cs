using Akka.Actor;
using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>An event of a run that has a sink of its own.</summary>
internal sealed record OwnSinkEvent(BranchEvent Event, RunSink Sink);

/// <summary>Some ends of branches and of comparisons that the sink of a run was to get will never come.</summary>
internal sealed record OwnSinkExpectsLess(RunSink Sink, int Ends);

/// <summary>A run's own sink on its way through the log. What can change is touched by the log alone.</summary>
internal sealed class RunSink(Guid runId, IBranchSink sink, int ends)
{
    public Guid RunId { get; } = runId;

    public IBranchSink Sink { get; } = sink;

    /// <summary>Branches and comparisons that have not ended. What comes after the last of them is late.</summary>
    public int EndsLeft { get; set; } = ends;

    /// <summary>Who writes to the sink; null before the first event, and when the writer was let go.</summary>
    public IActorRef? Writer { get; set; }

    /// <summary>Answers that the writer owes; after the last it is let go.</summary>
    public int FlushesLeft { get; set; }
}

/// <summary>Tells a sink writer, and the statistics, what has been logged.</summary>
internal sealed record WriteBatch(IReadOnlyList<ExperimentEvent> Events);

/// <summary>
/// Asks a sink writer to write what it has without waiting for more, and to answer with <see cref="SinkFlushed"/> when it is done with it.
/// </summary>
internal sealed record FlushSink
{
    public static FlushSink Instance { get; } = new();
}

/// <summary>A sink writer is done with what it had when it was asked: it is written, or dropped and counted.</summary>
internal sealed record SinkFlushed(string Name);
