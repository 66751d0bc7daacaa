using System.Collections.Concurrent;
using Akka.Actor;
using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>
/// Where branch events wait for the log. A message per event would wake the log twice per branch, on the time of the caller; this wakes it
/// for every 64 events, so that they do not grow old, and in any case soon after the first.
/// </summary>
internal sealed class LogInbox
{
    private const int Many = 64;

    private readonly ConcurrentQueue<object> _waiting = new();
    private IActorRef _log = ActorRefs.Nobody;
    private int _sinceLook;

    /// <summary>Says which actor empties the inbox.</summary>
    public void Attach(IActorRef log) => _log = log;

    /// <summary>Adds what happened to a branch of a run. What one thread adds stays in its order.</summary>
    public void Add(Run run, BranchEvent happened)
    {
        if (run.OwnSink is { } sink)
        {
            // somebody watches
            _waiting.Enqueue(new OwnSinkEvent(happened, sink));
            _log.Tell(LookAtInbox.Now, ActorRefs.NoSender);
            return;
        }

        Add(happened);
    }

    /// <summary>Some branches of a run, or comparisons, leave no event: a sink of its own is done without them.</summary>
    public void ExpectLess(Run run, int ends)
    {
        if (run.OwnSink is not { } sink || ends == 0)
            return;

        _waiting.Enqueue(new OwnSinkExpectsLess(sink, ends));
        _log.Tell(LookAtInbox.Now, ActorRefs.NoSender);
    }

    /// <summary>Adds what happened, to no run in particular.</summary>
    public void Add(ExperimentEvent happened)
    {
        _waiting.Enqueue(happened);
        var count = Interlocked.Increment(ref _sinceLook);
        if (count == 1)
            _log.Tell(LookAtInbox.Soon, ActorRefs.NoSender);
        else if (count == Many)
            _log.Tell(LookAtInbox.Now, ActorRefs.NoSender);
    }

    /// <summary>The log is about to look: what is added from now on wakes it again.</summary>
    public void Rest() => Interlocked.Exchange(ref _sinceLook, 0);

    /// <summary>Takes the next thing that waits: an <see cref="ExperimentEvent"/>, or something for the sink of a run.</summary>
    public bool TryTake(out object? item) => _waiting.TryDequeue(out item);
}

/// <summary>Tells the log that its inbox is not empty.</summary>
internal sealed record LookAtInbox
{
    public static LookAtInbox Now { get; } = new();

    public static LookAtInbox Soon { get; } = new();
}
