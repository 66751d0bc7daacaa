using Akka.Actor;
using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>An event of a run that has a sink of its own.</summary>
internal sealed record OwnSinkEvent(BranchEvent Event, RunSink Sink);

/// <summary>A run's own sink on its way through the log. What can change is touched by the log alone.</summary>
internal sealed class RunSink(Guid runId, IBranchSink sink, int branches)
{
    public Guid RunId { get; } = runId;

    public IBranchSink Sink { get; } = sink;

    public int BranchesLeft { get; set; } = branches;

    public IActorRef? Writer { get; set; }
}

/// <summary>Tells a sink writer what to write.</summary>
internal sealed record WriteBatch(IReadOnlyList<BranchEvent> Events);

/// <summary>Asks a sink writer to answer with <see cref="SinkFlushed"/> when it is done with what it has.</summary>
internal sealed record FlushSink
{
    public static FlushSink Instance { get; } = new();
}

/// <summary>A sink writer is done with what it had when it was asked.</summary>
internal sealed record SinkFlushed(string Name);

/// <summary>Tells a sink writer that nothing more will come: it stops when it is done.</summary>
internal sealed record CloseSink
{
    public static CloseSink Instance { get; } = new();
}
