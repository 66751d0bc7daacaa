using System.Collections.Concurrent;
using Akka.Actor;
using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>
/// Where workers leave branches whose function has ended for the supervisor, which takes them when it handles its next message. It is woken
/// only when something depends on them: on most runs the caller has its answer already, and a message would cost as much as the answer did.
/// </summary>
internal sealed class EndedBranches(IActorRef supervisor)
{
    private readonly ConcurrentQueue<RunBranch> _ended = new();
    private volatile bool _awaited;

    /// <summary>Whether somebody waits for branches to end. To be set before the last look at what has ended.</summary>
    public bool Awaited
    {
        get => _awaited;
        set
        {
            if (_awaited == value)
                return;

            _awaited = value;
            Interlocked.MemoryBarrier();
        }
    }

    /// <summary>Leaves a branch. Its worker is idle from now on. Whoever calls this wakes the supervisor next, after what is more urgent.</summary>
    public void Add(RunBranch ended) => _ended.Enqueue(ended);

    /// <summary>Wakes the supervisor, if something depends on a branch that was left here.</summary>
    public void WakeFor(RunBranch ended) => Wake(ended.Role == BranchRole.Candidate || ended.Run.Compares || ended.Late is not null);

    /// <summary>Wakes the supervisor, if something depends on a comparison whose branch was left here.</summary>
    /// <param name="isLate">Whether the comparison had ended before: its comparer counts among what is abandoned until the supervisor looks.</param>
    public void WakeForComparison(bool isLate) => Wake(matters: isLate);

    private void Wake(bool matters)
    {
        Interlocked.MemoryBarrier();
        if (matters || _awaited)
            supervisor.Tell(TakeEndedBranches.Instance, ActorRefs.NoSender);
    }

    /// <summary>Takes a branch that has ended, or whose comparison has.</summary>
    public bool TryTake(out RunBranch? ended) => _ended.TryDequeue(out ended);
}

/// <summary>Tells a supervisor that branches have ended.</summary>
internal sealed record TakeEndedBranches
{
    public static TakeEndedBranches Instance { get; } = new();
}
