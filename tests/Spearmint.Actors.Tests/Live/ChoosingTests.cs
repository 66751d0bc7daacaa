using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

/// <summary>FirstSuccess, Hedge and the stream of branches as they end.</summary>
public sealed class ChoosingTests : ClockedKit
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private readonly Gate _gate = new();

    [Fact]
    public async Task The_first_success_answers_and_the_others_are_cancelled()
    {
        var told = new Gate();
        var inside = new Gate();
        var experiment = Experiment(Strategy.FirstSuccess, async context =>
        {
            if (context.Config.Id == "a")
                throw new IOException();
            if (context.Config.Id == "c")
            {
                await inside.Opened;
                return "c";
            }

            context.CancellationToken.Register(told.Open);
            inside.Open();
            await _gate.Opened;
            return "late";
        });

        Assert.Equal("c", await experiment.RunAsync("", default).Soon());

        await told.Opened;
        var finished = (await Sink.FinishedAsync(3)).ToDictionary(branch => branch.ConfigId, branch => branch.Status);
        Assert.Equal(BranchStatus.Cancelled, finished["b"]);
        Assert.Equal(BranchStatus.Success, finished["c"]);
        _gate.Open();
    }

    [Fact]
    public async Task When_all_fail_the_answer_is_what_the_first_config_threw()
    {
        var experiment = Experiment(Strategy.FirstSuccess, context => Task.FromException<string>(new IOException(context.Config.Id)));

        Assert.Equal("a", (await Assert.ThrowsAsync<IOException>(() => experiment.RunAsync("", default).Soon())).Message);
        Assert.Equal(1, (await experiment.GetAccountAsync()).Answered);
    }

    [Fact]
    public async Task A_hedge_starts_the_next_config_when_the_one_before_has_not_answered_within_the_delay()
    {
        var started = new Dictionary<string, Gate> { ["a"] = new(), ["b"] = new(), ["c"] = new() };
        var experiment = Experiment(Strategy.Hedge(Delay), async context =>
        {
            started[context.Config.Id].Open();
            if (context.Config.Id != "c")
                await _gate.Opened;
            return context.Config.Id;
        });
        var run = experiment.RunAsync("", default);

        // whoever has the account knows that the timer is set
        await started["a"].Opened;
        await experiment.GetAccountAsync();
        Clock.Advance(Delay);
        await started["b"].Opened;
        Assert.Equal(2, (await experiment.GetAccountAsync()).Branches.Started);
        Clock.Advance(Delay);

        Assert.Equal("c", await run.Soon());
        Assert.Equal(2, (await experiment.GetAccountAsync()).Branches.Cancelled);
        _gate.Open();
    }

    [Fact]
    public async Task A_hedge_that_is_answered_in_time_starts_nothing_else()
    {
        var experiment = Experiment(Strategy.Hedge(Delay), context => Task.FromResult(context.Config.Id));

        Assert.Equal("a", await experiment.RunAsync("", default).Soon());
        await experiment.GetAccountAsync();
        Clock.Advance(3 * Delay);

        Assert.Equal(1, (await experiment.GetAccountAsync()).Branches.Started);
    }

    [Fact]
    public async Task A_hedge_does_not_wait_when_the_one_before_has_failed()
    {
        var experiment = Experiment(Strategy.Hedge(Delay), context =>
            context.Config.Id == "b" ? Task.FromResult("b") : Task.FromException<string>(new IOException(context.Config.Id)));

        Assert.Equal("b", await experiment.RunAsync("", default).Soon());
    }

    [Fact]
    public async Task A_hedge_ends_at_the_deadline_of_the_run()
    {
        var inside = new Gate();
        var experiment = Experiment(Strategy.Hedge(TimeSpan.FromHours(1)), async _ =>
        {
            inside.Open();
            await _gate.Opened;
            return "";
        });
        var run = experiment.RunAsync("", default);
        await inside.Opened;

        Clock.Advance(StrategySettings.Default.Deadline);

        Assert.Equal("a", (await Assert.ThrowsAsync<BranchTimedOutException>(() => run.Soon())).ConfigId);
        Assert.Equal(1, (await experiment.GetAccountAsync()).Branches.Started);
        _gate.Open();
    }

    [Fact]
    public async Task A_hedge_is_cancelled_by_the_caller_and_a_sink_of_its_own_is_closed()
    {
        using var caller = new CancellationTokenSource();
        var inside = new Gate();
        var own = new CollectingSink();
        var experiment = Experiment(Strategy.Hedge(Delay), async _ =>
        {
            inside.Open();
            await _gate.Opened;
            return "";
        });
        var run = experiment.RunAsync("", new RunOptions { Sink = own }, caller.Token);
        await inside.Opened;

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(BranchStatus.Cancelled, Assert.Single(await own.FinishedAsync(1)).Status);
        _gate.Open();
        await own.WhenAsync(all => all.OfType<BranchLate>().Any());
        ExpectOnlyTheRegisteredSink();
    }

    [Fact]
    public async Task A_stream_gives_the_branches_as_they_end()
    {
        var gates = new Dictionary<string, Gate> { ["a"] = new(), ["b"] = new(), ["c"] = new() };
        var experiment = Experiment(Strategy.MultiBranch, async context =>
        {
            await gates[context.Config.Id].Opened;
            return context.Config.Id;
        });
        var order = new List<string?>();
        gates["b"].Open();
        await foreach (var branch in experiment.StreamAsync(""))
        {
            order.Add(branch.Output);
            gates[branch.Output == "b" ? "c" : "a"].Open();
        }

        Assert.Equal(["b", "c", "a"], order);
    }

    [Fact]
    public async Task Leaving_the_loop_cancels_the_rest()
    {
        var experiment = Experiment(Strategy.MultiBranch, async context =>
        {
            if (context.Config.Id != "b")
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return context.Config.Id;
        });

        await foreach (var branch in experiment.StreamAsync(""))
        {
            Assert.Equal("b", branch.Output);
            break;
        }

        Assert.Equal([BranchStatus.Success, BranchStatus.Cancelled, BranchStatus.Cancelled], (await Sink.FinishedAsync(3)).Select(finished => finished.Status));
    }

    [Fact]
    public async Task A_stream_of_a_strategy_with_one_output_is_refused()
    {
        var experiment = Experiment(Strategy.RoundRobin, context => Task.FromResult(context.Config.Id));

        await Assert.ThrowsAsync<AnswerShapeException>(async () =>
        {
            await foreach (var _ in experiment.StreamAsync(""))
                Assert.Fail("nothing was to run");
        });
    }

    [Fact]
    public async Task A_stream_that_its_caller_cancels_ends()
    {
        using var caller = new CancellationTokenSource();
        var experiment = Experiment(Strategy.MultiBranch, async context =>
        {
            if (context.Config.Id != "b")
                await _gate.Opened;
            return context.Config.Id;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in experiment.StreamAsync("").WithCancellation(caller.Token))
                await caller.CancelAsync();
        });

        Assert.Equal(2, (await Sink.FinishedAsync(3)).Count(finished => finished.Status == BranchStatus.Cancelled));
        _gate.Open();
    }

    private Experiment<string, string> Experiment(Strategy strategy, Func<BranchContext, Task<string>> function) =>
        Client.CreateExperiment<string, string>("experiment", (_, context) => function(context), Some.Configs("a", "b", "c"), strategy);
}
