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

    /// <summary>The clock's timestamp when the branch began, or 0 when it has not.</summary>
    public long BegunAt => Volatile.Read(ref _begunAt);

    /// <summary>
    /// Whoever begins the branch, and records its start, asks first: a worker that is about to call the function, or a supervisor that ends
    /// a branch which no worker has begun. Only the first to ask may.
    /// </summary>
    /// <param name="timestamp">The clock's timestamp.</param>
    public bool TryBegin(long timestamp) => Interlocked.CompareExchange(ref _begunAt, timestamp, 0) == 0;

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
