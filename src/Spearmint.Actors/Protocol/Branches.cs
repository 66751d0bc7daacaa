using Akka.Actor;
using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>Tells a worker to run one branch. The worker leaves it among the <see cref="EndedBranches"/>, unless it dies.</summary>
internal sealed class RunBranch(Run run, int index, BranchIdentity identity, Lease lease)
{
    private long _begunAt;
    private int _claimed;

    public Run Run { get; } = run;

    public int Index { get; } = index;

    public BranchIdentity Identity { get; } = identity;

    public Lease Lease { get; } = lease;

    /// <summary>
    /// The clock's timestamp when a worker called the function, or 0 when none has. Written by the worker, read by the supervisor when it
    /// ends the branch in the worker's place.
    /// </summary>
    public long BegunAt => Volatile.Read(ref _begunAt);

    public void Begin(long timestamp) => Volatile.Write(ref _begunAt, timestamp);

    /// <summary>
    /// Whoever ends the branch claims it first: the call of the function where it ended, or the supervisor when the worker is dead. Only the
    /// first to ask may.
    /// </summary>
    public bool TryClaimEnd() => Interlocked.Exchange(ref _claimed, 1) == 0;

    /// <summary>The branch, ended. Written by the call before the work is handed back.</summary>
    public Branch? Ended { get; set; }
}

/// <summary>A worker and what it runs. Touched by its supervisor alone.</summary>
internal sealed class Lease
{
    public required IActorRef Worker { get; init; }

    public RunBranch? Work { get; set; }
}
