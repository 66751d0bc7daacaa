using Akka.Actor;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

public sealed class DeadlineTests : ClockedKit
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongDeadline = TimeSpan.FromSeconds(20);
    private static readonly ExperimentOptions Limited = new() { Settings = new StrategySettings { Deadline = Deadline, ShadowDeadline = LongDeadline } };

    private readonly Gate _inside = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task A_caller_gets_a_timeout_that_names_experiment_config_and_deadline()
    {
        var run = Experiment(Strategy.RoundRobin, HangAsync).RunAsync("", default);
        await _inside.Opened;

        Clock.Advance(Deadline);

        var timeout = await Assert.ThrowsAsync<BranchTimedOutException>(() => run.Soon());
        Assert.IsAssignableFrom<TimeoutException>(timeout);
        Assert.Equal(("experiment", "a", Deadline), (timeout.Experiment, timeout.ConfigId, timeout.Deadline));
        Assert.Contains("'experiment'", timeout.Message);
        Assert.Contains("'a'", timeout.Message);
        Assert.Contains("3 s", timeout.Message);
        var finished = Assert.Single(await Sink.FinishedAsync(1));
        Assert.Equal((BranchStatus.TimedOut, Deadline), (finished.Status, finished.Duration));
    }

    [Fact]
    public async Task Before_its_deadline_a_branch_is_left_alone()
    {
        var run = Experiment(Strategy.RoundRobin, HangAsync).RunAsync("", default);
        await _inside.Opened;

        Clock.Advance(Deadline - TimeSpan.FromTicks(1));
        _gate.Open();

        Assert.Equal("a", await run.Soon());
    }

    [Fact]
    public async Task A_branch_of_many_is_timed_out_in_the_container_beside_those_that_ended()
    {
        var run = Experiment(Strategy.MultiBranch, (input, context) => context.Config.Id == "b" ? HangAsync(input, context) : Task.FromResult("quick"))
            .RunAllAsync("", default);
        await _inside.Opened;
        await Sink.FinishedAsync(1);

        Clock.Advance(Deadline);

        var branches = await run.Soon();
        Assert.Equal([BranchStatus.Success, BranchStatus.TimedOut], branches.Select(branch => branch.Status));
        Assert.IsType<BranchTimedOutException>(branches[1].Exception);
    }

    [Fact]
    public async Task At_the_deadline_the_functions_token_is_cancelled()
    {
        var told = new Gate();
        var run = Experiment(Strategy.RoundRobin, async (_, context) =>
        {
            await using var registration = context.CancellationToken.Register(told.Open);
            return await HangAsync("", context);
        }).RunAsync("", default);
        await _inside.Opened;

        Clock.Advance(Deadline);

        await told.Opened;
        await Assert.ThrowsAsync<BranchTimedOutException>(() => run.Soon());
    }

    [Fact]
    public async Task What_a_function_registered_on_its_token_may_throw_and_block()
    {
        var experiment = Experiment(Strategy.RoundRobin, async (input, context) =>
        {
            context.CancellationToken.Register(() => throw new IOException());
            context.CancellationToken.Register(_gate.Block);
            return await HangAsync(input, context);
        });
        var run = experiment.RunAsync("", default);
        await _inside.Opened;

        Clock.Advance(Deadline);

        await Assert.ThrowsAsync<BranchTimedOutException>(() => run.Soon());
        _gate.Open();
        Assert.Equal("b", await experiment.RunAsync("", default).Soon());
    }

    [Fact]
    public async Task A_function_that_ends_after_its_deadline_leaves_one_more_event_with_its_true_duration_and_outcome()
    {
        var experiment = Experiment(Strategy.RoundRobin, HangAsync);
        var run = experiment.RunAsync("", default);
        await _inside.Opened;
        Clock.Advance(Deadline);
        await Assert.ThrowsAsync<BranchTimedOutException>(() => run.Soon());

        Clock.Advance(Deadline);
        _gate.Open();

        var events = await Sink.WhenAsync(all => all.OfType<BranchLate>().Any());
        var late = Assert.IsType<BranchLate>(events[^1]);
        Assert.Equal((BranchStatus.Success, 2 * Deadline), (late.Status, late.Duration));
        Assert.Equal(Assert.Single(events.OfType<BranchFinished>()).BranchId, late.BranchId);
        Assert.Equal(3, events.Count);
        Assert.Equal((1, 0, 1), await LateAsync(experiment));
    }

    [Fact]
    public async Task A_function_that_fails_after_its_deadline_says_so_in_its_late_event()
    {
        var run = Experiment(Strategy.RoundRobin, async (input, context) => await HangAsync(input, context) is null ? "" : throw new IOException("too late")).RunAsync("", default);
        await _inside.Opened;
        Clock.Advance(Deadline);
        await Assert.ThrowsAsync<BranchTimedOutException>(() => run.Soon());

        _gate.Open();

        var late = (BranchLate)(await Sink.WhenAsync(all => all.OfType<BranchLate>().Any()))[^1];
        Assert.Equal((BranchStatus.Failed, "too late"), (late.Status, late.Error!.Message));
    }

    [Fact]
    public async Task A_function_that_never_ends_costs_one_worker_which_is_replaced()
    {
        var experiment = Experiment(Strategy.SingleConfig(), (input, context) => input == "hang" ? HangAsync(input, context) : Task.FromResult("quick"));
        Assert.Equal("quick", await experiment.RunAsync("", default).Soon());
        var run = experiment.RunAsync("hang", default);
        await _inside.Opened;
        Clock.Advance(Deadline);
        await Assert.ThrowsAsync<BranchTimedOutException>(() => run.Soon());

        for (var next = 0; next < 3; next++)
            Assert.Equal("quick", await experiment.RunAsync("", default).Soon());

        Assert.Equal((0, 1, 1), await LateAsync(experiment));
        Sys.ActorSelection("/user/spearmint/strategy-experiment/*").Tell(new Identify(null), TestActor);
        ExpectMsg<ActorIdentity>();
        ExpectMsg<ActorIdentity>();
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _gate.Open();
    }

    [Fact]
    public async Task A_function_that_blocks_its_thread_is_ended_by_its_deadline_too()
    {
        var block = false;
        var experiment = Experiment(Strategy.RoundRobin, (_, _) =>
        {
            if (Volatile.Read(ref block))
            {
                _inside.Open();
                _gate.Block();
            }

            return Task.FromResult("done");
        });

        // until it is trusted to run on the worker's own thread
        for (var run = 0; run < 100; run++)
            await experiment.RunAsync("", default);
        Volatile.Write(ref block, true);
        var blocked = experiment.RunAsync("", default);
        await _inside.Opened;

        Clock.Advance(Deadline);

        await Assert.ThrowsAsync<BranchTimedOutException>(() => blocked.Soon());
        _gate.Open();
    }

    [Fact]
    public async Task A_run_may_bring_deadlines_of_its_own()
    {
        var experiment = Experiment(Strategy.Shadow(), async (input, context) =>
        {
            if (context.Role == BranchRole.Shadow)
                return await HangAsync(input, context);
            await _inside.Opened;
            return "primary";
        });
        var result = await experiment.RunDetailedAsync("", new RunOptions { ShadowDeadline = Deadline / 2 }).Soon();

        Clock.Advance(Deadline / 2);

        var shadow = Assert.Single(await experiment.GatherShadowsAsync(result.RunId).Soon());
        Assert.Equal(BranchStatus.TimedOut, shadow.Status);
        Assert.Equal(Deadline / 2, Assert.IsType<BranchTimedOutException>(shadow.Exception).Deadline);

        var hanging = new Gate();
        var second = Client.CreateExperiment<string, string>(
            "second", async (_, _) => { hanging.Open(); await _gate.Opened; return ""; }, Some.Configs("a"), Strategy.RoundRobin, Limited);
        var run = second.RunAsync("", new RunOptions { Deadline = Deadline * 2 });
        await hanging.Opened;
        Clock.Advance(Deadline);
        Assert.False(run.IsCompleted);
        Clock.Advance(Deadline);
        await Assert.ThrowsAsync<BranchTimedOutException>(() => run.Soon());
    }

    [Fact]
    public async Task A_shadow_has_its_own_deadline_which_changes_nothing_for_the_caller()
    {
        var experiment = Experiment(Strategy.Shadow(), (input, context) =>
            context.Role == BranchRole.Shadow ? HangAsync(input, context) : Task.FromResult("primary"));
        var result = await experiment.RunDetailedAsync("").Soon();
        await _inside.Opened;

        Clock.Advance(Deadline);
        Assert.Equal(1, (await experiment.GetAccountAsync()).Branches.InFlight);
        Clock.Advance(LongDeadline - Deadline);

        Assert.Equal(BranchStatus.TimedOut, Assert.Single(await experiment.GatherShadowsAsync(result.RunId).Soon()).Status);
        Assert.Equal("primary", result.Output);
    }

    [Fact]
    public async Task A_strategy_that_is_stuck_does_not_hang_the_caller_beyond_a_bound()
    {
        var experiment = Client.CreateExperiment<string, string>(
            "stuck", (_, _) => Task.FromResult(""), Some.Configs("a"), new Strategy("stuck", () => new Stuck(_inside, _gate)), Limited);
        var run = experiment.RunAsync("", default);
        await _inside.Opened;

        Clock.Advance(StrategySettings.Default.Deadline + Asking.Margin + TimeSpan.FromSeconds(1));

        var unanswered = await Assert.ThrowsAsync<UnansweredException>(() => run.Soon());
        Assert.Contains("'stuck'", unanswered.Message);
        _gate.Open();
    }

    [Fact]
    public async Task A_run_in_a_system_that_has_ended_is_an_error_at_once()
    {
        var experiment = Experiment(Strategy.RoundRobin, (_, _) => Task.FromResult(""));
        await experiment.RunAsync("", default).Soon();

        await Sys.Terminate().Soon();

        await Assert.ThrowsAsync<UnansweredException>(() => experiment.RunAsync("", default).Soon());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_401)]
    public void A_deadline_out_of_range_is_refused_and_named(int seconds)
    {
        var deadline = TimeSpan.FromSeconds(seconds);

        Assert.Contains("Deadline", Assert.Throws<ArgumentOutOfRangeException>(() => new StrategySettings { Deadline = deadline }).Message);
        Assert.Contains("ShadowDeadline", Assert.Throws<ArgumentOutOfRangeException>(() => new StrategySettings { ShadowDeadline = deadline }).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunOptions { Deadline = deadline });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunExperiment(Some.ConfigId, Some.Configs("a")) { ShadowDeadline = deadline });
    }

    private Experiment<string, string> Experiment(Strategy strategy, Func<string, BranchContext, Task<string>> function) =>
        Client.CreateExperiment("experiment", function, Some.Configs("a", "b"), strategy, Limited);

    private async Task<string> HangAsync(string input, BranchContext context)
    {
        _inside.Open();
        await _gate.Opened;
        return context.Config.Id;
    }

    private static async Task<(long Late, long Abandoned, long TimedOut)> LateAsync(Experiment<string, string> experiment)
    {
        var branches = (await experiment.GetAccountAsync().Soon()).Branches;
        return (branches.Late, branches.Abandoned, branches.TimedOut);
    }

    private sealed class Stuck(Gate inside, Gate gate) : IStrategy
    {
        public RunPlan Plan(PlanRequest request)
        {
            inside.Open();
            gate.Block();
            return RunPlan.One(request.Configs[0]);
        }
    }
}
