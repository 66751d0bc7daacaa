using Akka.Actor;
using Akka.Event;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Actors;

public sealed class SpearmintActorTests : SpearmintKit
{
    [Fact]
    public async Task Strategies_are_registered_found_and_listed_by_name()
    {
        var registered = await Client.Root.Ask<StrategyRegistered>(new RegisterStrategy("mine", () => new RoundRobinStrategy())).Soon();
        var found = await Client.Root.Ask<StrategyFound>(new FindStrategy("mine")).Soon();
        var list = await Client.Root.Ask<StrategyList>(ListStrategies.Instance).Soon();

        Assert.Equal(registered.Supervisor, found.Supervisor);
        Assert.Equal(["round_robin", "shadow", "multi_branch", "first_success", "weighted", "random", "sticky", "mine"], list.Names);
    }

    [Fact]
    public async Task Any_name_may_be_given_to_a_strategy()
    {
        var name = "naïve / $ ranking #1 🙂";

        await Client.RegisterStrategyAsync(name, () => new RoundRobinStrategy()).Soon();

        Assert.Equal("a", (await AskAsync(name, Some.ConfigId, Some.Configs("a"))).Output);
    }

    [Fact]
    public async Task A_blank_name_a_factory_that_throws_and_one_that_gives_null_are_answered_with_an_error()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Client.RegisterStrategyAsync(" ", () => new RoundRobinStrategy()).Soon());
        await Assert.ThrowsAsync<IOException>(() => Client.RegisterStrategyAsync("throws", () => throw new IOException()).Soon());
        await Assert.ThrowsAsync<ArgumentException>(() => Client.RegisterStrategyAsync("null", () => null!).Soon());

        await Client.RegisterStrategyAsync("throws", () => new RoundRobinStrategy()).Soon();
    }

    [Fact]
    public async Task An_unknown_strategy_is_not_found() =>
        Assert.Contains("'absent'", (await Assert.ThrowsAsync<UnknownNameException>(() => Client.Root.Ask<StrategyFound>(new FindStrategy("absent")).Soon())).Message);

    [Fact]
    public async Task Draining_says_what_was_left_and_refuses_what_comes_after()
    {
        var gate = new Gate();
        var result = await AskAsync("shadow", async (_, config, _) =>
        {
            if (config.Id == "b")
                await gate.Opened;
            return config.Id;
        }, Some.Configs("a", "b"));

        var drained = await Client.Root.Ask<Drained>(new Drain(TimeSpan.FromMilliseconds(10))).Soon();

        Assert.Equal(1, drained.CutShort);
        Assert.Empty(drained.UnfinishedSinks);
        Assert.Empty(drained.UnfinishedStrategies);
        Assert.Equal(BranchStatus.Cancelled, Sink.Events.OfType<BranchFinished>().Single(branch => branch.RunId == result.RunId && branch.Role == BranchRole.Shadow).Status);
        await Assert.ThrowsAsync<ShuttingDownException>(() => AskAsync("round_robin", Some.ConfigId, Some.Configs("a")));
        await Assert.ThrowsAsync<ShuttingDownException>(() => Client.RegisterStrategyAsync("mine", () => new RoundRobinStrategy()).Soon());
    }

    [Fact]
    public async Task One_line_in_the_log_sums_up_what_was_drained()
    {
        var log = CreateTestProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(Info));
        var gate = new Gate();
        await AskAsync("multi_branch", (_, config, _) => config.Id == "b" ? throw new IOException() : Task.FromResult<object?>(1), Some.Configs("a", "b"));
        await AskAsync("shadow", async (_, config, _) =>
        {
            if (config.Id == "b")
                await gate.Opened;
            return config.Id;
        }, Some.Configs("a", "b"));
        await Assert.ThrowsAsync<ArgumentException>(() => AskAsync("round_robin", Some.ConfigId, []));

        await Client.Root.Ask<Drained>(new Drain(TimeSpan.FromMilliseconds(10))).Soon();

        var line = await log.FishForMessageAsync(message => message.ToString()!.Contains("Drained", StringComparison.Ordinal), Gate.Patience);
        Assert.Matches(
            @"Drained in \d+\.\d\d s: 2 runs answered, 1 refused; 4 branches started = 2 success \+ 1 failed \+ 0 timed out \+ 1 cancelled \(1 cut short\); "
                + @"0 shadows skipped; 0 functions ended late, 1 go on; sink collecting: 8 written, 0 dropped, 0 left$",
            line.ToString());
        gate.Open();
    }

    [Fact]
    public async Task A_strategy_that_hangs_and_a_sink_that_hangs_are_named_and_keep_no_other_from_being_drained()
    {
        var gate = new Gate();
        await Client.RegisterStrategyAsync("stuck", () => new StuckStrategy(gate)).Soon();
        await Client.RegisterSinkAsync("hung", new HangingSink(gate)).Soon();
        await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"));
        Client.Root.Tell(new RunExperiment(Some.ConfigId, Some.Configs("a")) { StrategyName = "stuck", ExperimentName = "stuck" });

        var drained = await Client.Root.Ask<Drained>(new Drain(TimeSpan.FromMilliseconds(10))).Soon();

        Assert.Equal(["stuck"], drained.UnfinishedStrategies);
        Assert.Equal(["hung"], drained.UnfinishedSinks);
        Assert.Single(Sink.Events.OfType<BranchFinished>());
        gate.Open();
    }

    [Fact]
    public async Task A_shut_down_system_has_given_its_branches_time_and_flushed_its_sinks()
    {
        var gate = new Gate();
        await AskAsync("shadow", async (_, config, _) =>
        {
            if (config.Id == "b")
                await gate.Opened;
            return config.Id;
        }, Some.Configs("a", "b"));

        var shutdown = CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance);
        gate.Open();
        await shutdown.Soon();

        Assert.All(Sink.Events.OfType<BranchFinished>(), finished => Assert.Equal(BranchStatus.Success, finished.Status));
        Assert.Equal(2, Sink.Events.OfType<BranchFinished>().Count());
    }

    private sealed class StuckStrategy(Gate gate) : IStrategy
    {
        public RunPlan Plan(PlanRequest request)
        {
            gate.Block();
            throw new NotSupportedException();
        }
    }
}
