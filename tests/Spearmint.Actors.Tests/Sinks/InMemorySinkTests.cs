using System.Diagnostics;
using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Sinks;

public sealed class InMemorySinkTests
{
    private readonly InMemorySink _sink = new(capacity: 3);

    [Fact]
    public async Task A_branch_is_pending_between_its_start_and_its_end()
    {
        var branch = Some.Branch();
        await WriteAsync(new BranchStarted(branch));
        Assert.Equal(BranchStatus.Pending, Assert.Single(_sink.Find()).Status);

        await WriteAsync(new BranchFinished(branch.Skip("reason")));
        var record = Assert.Single(_sink.Find());
        Assert.Equal((BranchStatus.Skipped, "reason"), (record.Status, record.SkipReason));
    }

    [Fact]
    public async Task Records_are_found_by_run_experiment_config_and_status_newest_first()
    {
        var good = Some.Branch(Some.Config("good"));
        var bad = Some.Branch(Some.Config("bad"));
        await WriteAsync(new BranchStarted(good), new BranchStarted(bad), new BranchFinished(bad.Fail(new IOException(), TimeSpan.Zero)));

        Assert.Equal(["bad", "good"], _sink.Find().Select(record => record.ConfigId));
        Assert.Equal(["good"], _sink.Find(runId: good.RunId).Select(record => record.ConfigId));
        Assert.Equal(["bad"], _sink.Find(configId: "bad").Select(record => record.ConfigId));
        Assert.Equal(["bad"], _sink.Find(status: BranchStatus.Failed).Select(record => record.ConfigId));
        Assert.Equal(["bad"], _sink.Find(limit: 1).Select(record => record.ConfigId));
        Assert.Equal(2, _sink.Find(experiment: "experiment").Count);
        Assert.Empty(_sink.Find(experiment: "other"));
    }

    [Fact]
    public async Task The_oldest_makes_room_for_the_newest()
    {
        var branches = Enumerable.Range(0, 5).Select(number => Some.Branch(Some.Config($"c{number}"))).ToList();
        foreach (var branch in branches)
            await WriteAsync(new BranchStarted(branch));

        Assert.Equal(["c4", "c3", "c2"], _sink.Find().Select(record => record.ConfigId));
        Assert.Equal(2, _sink.Evicted);

        // its start is gone: the end stands alone
        await WriteAsync(new BranchFinished(branches[0].Succeed(1, TimeSpan.Zero)));
        Assert.Equal(("c0", BranchStatus.Success), (_sink.Find()[0].ConfigId, _sink.Find()[0].Status));
    }

    [Theory]
    [InlineData(BranchStatus.TimedOut)]
    [InlineData(BranchStatus.Cancelled)]
    [InlineData(BranchStatus.Failed)]
    public async Task How_a_function_ended_after_its_branch_is_in_the_branchs_record(BranchStatus status)
    {
        var branch = Some.Branch();
        var ended = Branch.Ended(branch.Identity, status, TimeSpan.Zero, null, new TimeoutException(), BranchMetrics.None);
        await WriteAsync(new BranchStarted(branch), new BranchFinished(ended));
        Assert.Null(Assert.Single(_sink.Find()).Late);

        await WriteAsync(Some.Late(branch));

        var record = Assert.Single(_sink.Find());
        Assert.Equal((status, BranchStatus.Success), (record.Status, record.Late!.Status));
    }

    [Fact]
    public async Task What_comes_late_for_a_branch_that_made_room_is_nobody_elses()
    {
        var first = Some.Branch();
        await WriteAsync(new BranchStarted(first), new BranchFinished(first.TimeOut(new TimeoutException(), TimeSpan.Zero)));
        for (var number = 0; number < 3; number++)
            await WriteAsync(Some.Finished());

        await WriteAsync(Some.Late(first));

        Assert.All(_sink.Find(), record => Assert.Null(record.Late));
    }

    [Fact]
    public async Task A_record_has_what_the_branch_reported_and_where_it_came_from()
    {
        var trace = ActivityTraceId.CreateRandom();
        var metrics = new BranchMetrics();
        metrics.Report("hits", 3);
        var start = Some.Branch();
        var identity = new BranchIdentity(start.RunId, start.BranchId, "experiment", "strategy", start.Config, BranchRole.Primary, start.StartedAt, 7, trace);
        await WriteAsync(new BranchStarted(Branch.Start(identity)));
        Assert.Empty(_sink.Find()[0].Metrics);

        await WriteAsync(new BranchFinished(Branch.Ended(identity, BranchStatus.Success, TimeSpan.Zero, 1, null, metrics.Snapshot())));

        var record = _sink.Find()[0];
        Assert.Equal((3.0, 7L, trace.ToHexString()), (record.Metrics["hits"], record.SettingsVersion, record.TraceId));
    }

    [Fact]
    public async Task What_it_did_not_get_is_counted_and_what_is_no_branch_is_not_kept()
    {
        await WriteAsync(
            new EventsDropped(5, 14, DropReasons.QueueFull),
            new ConfigQuarantined("strategy", "a", DateTimeOffset.UnixEpoch, 50, TimeSpan.FromSeconds(5)),
            new HookFailed("experiment", HookNames.RunIf, DateTimeOffset.UnixEpoch, new BranchError("type", "message", null, null)),
            new EventsDropped(20, 20, DropReasons.Failed));

        Assert.Equal((11, 0), (_sink.Lost, _sink.Find().Count));
    }

    [Fact]
    public void A_capacity_or_limit_below_one_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new InMemorySink(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _sink.Find(limit: 0));
    }

    [Fact]
    public async Task It_may_be_read_while_it_is_written()
    {
        var writing = Task.Run(async () =>
        {
            for (var number = 0; number < 20_000; number++)
                await WriteAsync(new BranchStarted(Some.Branch()));
        });

        while (!writing.IsCompleted)
            Assert.True(_sink.Find().Count <= 3);
        await writing;
    }

    private Task WriteAsync(params ExperimentEvent[] events) => _sink.WriteAsync(events, CancellationToken.None);
}
