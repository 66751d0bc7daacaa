using Spearmint.Domain;
using Spearmint.Host.Support;

namespace Spearmint.Host.Api.Dto;

public sealed class RunDtoTests
{
    [Fact]
    public void A_run_counts_its_branches_by_status_and_lists_them_in_order()
    {
        var runId = Guid.NewGuid();
        var pending = Some.Branch(BranchRole.Shadow, runId);
        var succeeded = Some.Branch(BranchRole.Primary, runId);
        var failed = Some.Branch(BranchRole.Shadow, runId);

        var run = RunDto.From(
        [
            Some.Record(succeeded, succeeded.Succeed(1, TimeSpan.Zero)),
            Some.Record(failed, failed.Fail(new FormatException(), TimeSpan.Zero)),
            Some.Record(pending),
        ]);

        Assert.Equal(new CountsDto(Total: 3, Pending: 1, Success: 1, Failed: 1, TimedOut: 0, Cancelled: 0, Skipped: 0), run.Counts);
        Assert.Equal([succeeded.BranchId, failed.BranchId, pending.BranchId], run.Branches.Select(branch => branch.BranchId));
        Assert.Equal((runId, "compress-all", "multi_branch", Some.Time.UtcDateTime), (run.RunId, run.Experiment, run.Strategy, run.StartedAt));
    }
}
