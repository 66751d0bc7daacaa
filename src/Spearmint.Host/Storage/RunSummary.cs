using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Storage;

/// <summary>A run in short.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Strategy">The name of the strategy.</param>
/// <param name="StartedAt">When its first branch started.</param>
/// <param name="Pending">How many of its branches are pending; the others likewise.</param>
/// <param name="Success">How many succeeded.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="TimedOut">How many timed out.</param>
/// <param name="Cancelled">How many were cancelled.</param>
/// <param name="Skipped">How many were skipped.</param>
internal sealed record RunSummary(
    Guid RunId, string Experiment, string Strategy, DateTimeOffset StartedAt, int Pending, int Success, int Failed, int TimedOut, int Cancelled, int Skipped)
{
    /// <param name="branches">The branches of one run, at least one.</param>
    public static RunSummary Of(IReadOnlyList<BranchRecord> branches)
    {
        return new RunSummary(
            branches[0].RunId, branches[0].Experiment, branches[0].Strategy, branches.Min(branch => branch.StartedAt), In(BranchStatus.Pending),
            In(BranchStatus.Success), In(BranchStatus.Failed), In(BranchStatus.TimedOut), In(BranchStatus.Cancelled), In(BranchStatus.Skipped));

        int In(BranchStatus status) => branches.Count(branch => branch.Status == status);
    }
}
