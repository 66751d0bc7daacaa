using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Contract;

public sealed class BranchRules
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(5);

    public static TheoryData<BranchStatus> FinalStatuses => [.. Final];

    private static IEnumerable<BranchStatus> Final => Enum.GetValues<BranchStatus>().Where(status => status != BranchStatus.Pending);

    [Theory]
    [MemberData(nameof(FinalStatuses))]
    public void Rule_5_finalising_a_final_branch_is_an_error_and_changes_nothing(BranchStatus status)
    {
        var branch = End(Some.Branch(), status);

        foreach (var again in Final)
            Assert.Contains("already finalized", Assert.Throws<InvalidOperationException>(() => { End(branch, again); }).Message);
        Assert.Equal(status, branch.Status);
    }

    [Fact]
    public void Rule_5_a_null_output_with_success_is_a_success()
    {
        var branch = Some.Branch().Succeed(null, Duration);

        Assert.Equal(BranchStatus.Success, branch.Status);
        Assert.Null(branch.Output);
    }

    [Fact]
    public void Rule_6_a_branch_carries_what_it_is_and_how_it_ended()
    {
        var runId = Guid.NewGuid();
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        var config = Some.Config("a");

        var branch = Branch.Start(runId, "experiment", "strategy", config, BranchRole.Shadow, start).Succeed("output", Duration);

        Assert.Equal(
            (runId, "experiment", "strategy", config, BranchRole.Shadow, BranchStatus.Success, Duration, "output"),
            (branch.RunId, branch.Experiment, branch.Strategy, branch.Config, branch.Role, branch.Status, branch.Duration, branch.Output));
        Assert.Equal(TimeSpan.Zero, branch.StartedAt.Offset);
        Assert.Equal(start, branch.StartedAt);
        Assert.NotEqual(Guid.Empty, branch.BranchId);
    }

    [Fact]
    public void Rule_6_the_error_keeps_type_message_stack_and_inner_chain_and_in_memory_the_exception_itself()
    {
        var thrown = Throw(() => throw new InvalidOperationException("outer", Throw(() => throw new IOException("inner"))));

        var branch = Some.Branch().Fail(thrown, Duration);

        Assert.Same(thrown, branch.Exception);
        Assert.Equal("System.InvalidOperationException", branch.Error!.Type);
        Assert.Equal("outer", branch.Error.Message);
        Assert.Contains(nameof(BranchRules), branch.Error.StackTrace);
        Assert.Equal(("System.IO.IOException", "inner"), (branch.Error.Inner!.Type, branch.Error.Inner.Message));
    }

    [Fact]
    public void Rule_6_a_skipped_branch_carries_its_reason() => Assert.Equal("over the limit", Some.Branch().Skip("over the limit").SkipReason);

    [Fact]
    public void Rule_6_branch_ids_are_unique_and_in_the_order_of_their_making()
    {
        var now = DateTimeOffset.UtcNow;
        var ids = Enumerable.Range(0, 10_000).Select(_ => Identifiers.Next(now)).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(ids.Select(id => id.ToString()).Order(StringComparer.Ordinal), ids.Select(id => id.ToString()));
        Assert.All(ids, id => Assert.Equal(7, id.Version));
    }

    [Fact]
    public void Rule_7_a_container_sorts_branches_by_outcome_and_finds_them_by_config_id()
    {
        var good = Some.Branch(Some.Config("good")).Succeed(1, Duration);
        var bad = Some.Branch(Some.Config("bad")).Fail(new IOException(), Duration);
        var container = new BranchContainer([good, bad]);

        Assert.Equal([good], container.Successful);
        Assert.Equal([bad], container.Failed);
        Assert.Same(bad, container.ByConfigId("bad"));
        Assert.Null(container.ByConfigId("absent"));
    }

    [Fact]
    public void Rule_7_appending_gives_a_container_with_one_more_branch()
    {
        var first = Some.Branch().Succeed(1, Duration);
        var container = new BranchContainer([first]);

        var longer = container.Append(Some.Branch().Succeed(2, Duration));

        Assert.Equal(2, longer.Count);
        Assert.Same(first, Assert.Single(container));
    }

    [Fact]
    public void Rule_7_typed_twins_have_the_same_branches_with_typed_outputs()
    {
        var typed = new BranchContainer([Some.Branch(Some.Config("a")).Succeed(42, Duration), Some.Branch(Some.Config("b")).Fail(new IOException(), Duration)]).As<int>();

        Assert.Equal(42, typed.ByConfigId("a")!.Output);
        Assert.Equal(0, typed[1].Output);
        Assert.Single(typed.Failed);
        Assert.Equal(3, typed.Append(new Branch<int>(Some.Branch().Succeed(7, Duration))).Count);
    }

    private static Branch End(Branch branch, BranchStatus status) => status switch
    {
        BranchStatus.Success => branch.Succeed(1, Duration),
        BranchStatus.Failed => branch.Fail(new IOException(), Duration),
        BranchStatus.TimedOut => branch.TimeOut(new TimeoutException(), Duration),
        BranchStatus.Cancelled => branch.Cancel(new OperationCanceledException(), Duration),
        _ => branch.Skip("reason"),
    };

    private static Exception Throw(Action action) => Record.Exception(action);
}
