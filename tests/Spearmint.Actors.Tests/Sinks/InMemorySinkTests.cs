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

    private Task WriteAsync(params BranchEvent[] events) => _sink.WriteAsync(events, CancellationToken.None);
}
