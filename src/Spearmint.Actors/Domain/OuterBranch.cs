namespace Spearmint.Domain;

/// <summary>
/// What a run keeps of the branch whose function asks for it. Not the branch itself: of functions that start one another for ever, each would
/// keep all before it.
/// </summary>
internal sealed class OuterBranch(BranchIdentity identity, TimeSpan deadline, long dueAt, bool mayHaveShadows)
    : ParentBranch(identity.RunId, identity.BranchId)
{
    // the branch is to end first: it tells its function, which then does not fail of a run that was cut short a moment before
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    private readonly string _experiment = identity.Experiment;
    private readonly string _configId = identity.Config.Id;

    /// <summary>Whether a run that the function asks for may have shadows; otherwise shadows would beget shadows.</summary>
    public bool MayHaveShadows { get; } = mayHaveShadows;

    /// <summary>How long a run that starts now may take at most.</summary>
    /// <exception cref="BranchTimedOutException">The deadline of the branch has passed.</exception>
    public TimeSpan Bound(TimeProvider clock)
    {
        var left = clock.GetElapsedTime(clock.GetTimestamp(), dueAt);
        if (left <= TimeSpan.Zero)
            throw new BranchTimedOutException(_experiment, _configId, deadline);

        // in whole milliseconds: runs with deadlines of one length are kept in one list
        return TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) + Grace;
    }
}
