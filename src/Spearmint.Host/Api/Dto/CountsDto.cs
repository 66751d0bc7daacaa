using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Api.Dto;

/// <summary>How many branches are where in their life.</summary>
internal sealed record CountsDto(int Total, int Pending, int Success, int Failed, int TimedOut, int Cancelled, int Skipped)
{
    public static CountsDto Of(IReadOnlyList<BranchRecord> branches)
    {
        return new CountsDto(
            branches.Count, In(BranchStatus.Pending), In(BranchStatus.Success), In(BranchStatus.Failed), In(BranchStatus.TimedOut),
            In(BranchStatus.Cancelled), In(BranchStatus.Skipped));

        int In(BranchStatus status) => branches.Count(branch => branch.Status == status);
    }
}
