using System.Diagnostics;
using Akka.Actor;
using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>
/// Tells a worker to run one branch, and is what the function is given. The worker leaves it among the <see cref="EndedBranches"/> when the
/// function has ended, unless it dies.
/// </summary>
internal sealed class RunBranch(Run run, int index, BranchIdentity identity, long startedAt) : BranchContext(identity)
{
    private int _begun;
    private int _claimed;

    public Run Run { get; } = run;

    /// <summary>Its place in the plan.</summary>
    public int Index { get; } = index;

    /// <summary>The clock's timestamp when it was handed to a worker.</summary>
    public long StartedAt { get; } = startedAt;

    /// <summary>The worker that runs it. Touched by the supervisor alone.</summary>
    public Lease? Lease { get; set; }

    /// <summary>The deadline of a shadow, set before it starts; what is awaited has that of its run. Its place in a list is the supervisor's.</summary>
    public ShadowDeadline? Deadline { get; set; }

    /// <summary>The span of the branch; null where nobody listens.</summary>
    public Activity? Span { get; init; }

    /// <summary>Whether its outcome decides about the quarantine of its config. Touched by the supervisor alone.</summary>
    public bool IsProbe { get; init; }

    /// <summary>Whether the function has been called.</summary>
    public bool HasBegun => Volatile.Read(ref _begun) != 0;

    /// <summary>The branch, ended. Written by whoever claimed its end, before anybody else reads it.</summary>
    public Branch? Ended { get; set; }

    /// <summary>What there is to record of a function that ended after its branch.</summary>
    public BranchLate? Late { get; set; }

    /// <summary>Its comparison with the branch that it is measured by, once that has started. Touched by the supervisor alone.</summary>
    public PairComparison? Comparison { get; set; }

    /// <summary>Whether the function is over although nothing more will be heard of it. Written before the death of the worker.</summary>
    public bool IsCallOver { get; set; }

    private protected override Activity? Doing => Span ?? Run.Request.Caller;

    private protected override object? RunInput => Run.Request.Input;

    private protected override Func<object?, object?>? Cloner => Run.Request.CloneInput;

    private protected override CancellationToken CallersToken => Role.IsAwaited() ? Run.Request.CancellationToken : CancellationToken.None;

    private protected override IServiceProvider? HostServices => Run.Services;

    // runs inside shadows, and inside all candidates but the first, would be as many as the product of both
    internal override OuterBranch AsOuter() => Role.IsAwaited()
        ? new OuterBranch(Identity, Run.Deadline, Run.DueAt, Run.MayHaveShadows && (Role == BranchRole.Primary || Index == 0))
        : new OuterBranch(Identity, Run.ShadowDeadline, Deadline!.DueAt, mayHaveShadows: false);

    /// <summary>
    /// The worker asks before it calls the function, and the supervisor when it ends the branch without it: only the first to ask may, so
    /// that no function is called for a branch that has ended.
    /// </summary>
    public bool TryBegin() => Interlocked.Exchange(ref _begun, 1) == 0;

    /// <summary>
    /// Whoever ends the branch claims it first: the call of the function where it ended, or the supervisor at a deadline, a cancellation or
    /// the death of the worker. Only the first to ask may.
    /// </summary>
    public bool TryClaimEnd() => Interlocked.Exchange(ref _claimed, 1) == 0;
}

/// <summary>A worker and what it runs. Touched by its supervisor alone.</summary>
internal sealed class Lease
{
    public required IActorRef Worker { get; init; }

    public RunBranch? Work { get; set; }
}
