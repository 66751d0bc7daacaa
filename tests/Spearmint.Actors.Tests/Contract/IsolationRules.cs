using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Support;

namespace Spearmint.Contract;

public sealed class IsolationRules : SpearmintKit
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rule_23_a_worker_that_dies_becomes_a_failed_branch_and_touches_no_other(bool killed)
    {
        var inside = new Gate();
        var dies = AskAsync("round_robin", async (_, _, _) =>
        {
            inside.Open();
            await new Gate().Opened;
            return null;
        }, Some.Configs("a"));
        await inside.Opened;

        Workers("round_robin").Tell(killed ? Kill.Instance : PoisonPill.Instance);

        var error = await Assert.ThrowsAsync<BranchWorkerDiedException>(() => dies);
        Assert.Contains("'a'", error.Message);
        Assert.Equal("b", (await AskAsync("round_robin", Some.ConfigId, Some.Configs("b"))).Output);
        var finished = await Sink.FinishedAsync(2);
        Assert.Equal([BranchStatus.Failed, BranchStatus.Success], finished.Select(branch => branch.Status));
    }

    [Fact]
    public async Task Rule_23_a_dead_shadow_worker_ends_only_its_own_branch()
    {
        var inside = new Gate();
        var result = await AskAsync("shadow", async (_, config, _) =>
        {
            if (config.Id == "a")
                return "primary";
            inside.Open();
            await new Gate().Opened;
            return null;
        }, Some.Configs("a", "b"));
        await inside.Opened;

        Workers("shadow").Tell(Kill.Instance);

        Assert.Equal("primary", result.Output);
        Assert.IsType<BranchWorkerDiedException>(Assert.Single((await GatherAsync(result.RunId)).Shadows).Exception);
    }

    [Fact]
    public async Task Rule_23_a_dead_worker_in_a_multi_branch_run_is_a_failed_branch_in_the_container()
    {
        var inside = new Gate();
        var run = AskAsync("multi_branch", async (_, config, _) =>
        {
            if (config.Id == "b")
            {
                inside.Open();
                await new Gate().Opened;
            }

            return config.Id;
        }, Some.Configs("a", "b"));
        await Task.WhenAll(inside.Opened, Sink.FinishedAsync(1));

        Workers("multi_branch").Tell(Kill.Instance);

        var container = (await run).Branches;
        Assert.Equal("a", container.ByConfigId("a")!.Output);
        Assert.IsType<BranchWorkerDiedException>(container.ByConfigId("b")!.Exception);
    }

    [Fact]
    public async Task Rule_23_what_a_dead_workers_function_returns_later_changes_nothing()
    {
        var (inside, leave) = (new Gate(), new Gate());
        var left = new Gate();
        var run = AskAsync("round_robin", async (_, _, _) =>
        {
            inside.Open();
            await leave.Opened;
            left.Open();
            return "late";
        }, Some.Configs("a"));
        await inside.Opened;
        Workers("round_robin").Tell(Kill.Instance);
        await Assert.ThrowsAsync<BranchWorkerDiedException>(() => run);

        leave.Open();
        await left.Opened;
        await AskAsync("round_robin", Some.ConfigId, Some.Configs("b"));

        Assert.Equal(["a", "b"], (await Sink.FinishedAsync(2)).Select(branch => branch.ConfigId));
    }

    [Fact]
    public async Task Rule_24_workers_are_leased_again_and_spawned_only_when_none_is_idle()
    {
        for (var run = 0; run < 20; run++)
            await AskAsync("multi_branch", Some.ConfigId, Some.Configs(3));

        Assert.Equal(3, (await WorkersAsync("multi_branch")).Count);
    }

    [Fact]
    public async Task Rule_24_a_branch_always_has_a_worker_to_itself()
    {
        var gate = new Gate();
        using var inside = new CountdownEvent(10);
        var all = new Gate();
        var runs = Enumerable.Range(0, 10).Select(_ => AskAsync("round_robin", async (_, _, _) =>
        {
            if (inside.Signal())
                all.Open();
            await gate.Opened;
            return null;
        }, Some.Configs("a"))).ToList();

        await all.Opened;
        Assert.Equal(10, (await WorkersAsync("round_robin")).Count);
        gate.Open();
        await Task.WhenAll(runs);
    }

    [Fact]
    public async Task Rule_24_a_worker_that_died_is_replaced()
    {
        await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"));
        var first = Assert.Single(await WorkersAsync("round_robin"));
        Watch(first);
        first.Tell(Kill.Instance);
        ExpectTerminated(first);

        Assert.Equal("a", (await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"))).Output);
        Assert.NotEqual(first, Assert.Single(await WorkersAsync("round_robin")));
    }

    private ActorSelection Workers(string strategy) => Sys.ActorSelection($"/user/spearmint/strategy-{strategy}/*");

    /// <summary>The workers that answer: everyone who is alive is idle or runs something that gives its thread back.</summary>
    private async Task<IReadOnlyList<IActorRef>> WorkersAsync(string strategy)
    {
        var probe = CreateTestProbe();
        Workers(strategy).Tell(new Identify(strategy), probe);
        var workers = new List<IActorRef>();
        while (await probe.ReceiveOneAsync(TimeSpan.FromMilliseconds(300)) is ActorIdentity identity)
            workers.Add(identity.Subject);

        return workers;
    }
}
