using System.Diagnostics;
using Akka.Actor;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

/// <summary>Branches that run one after the other, each behind the success of the one before.</summary>
public sealed class InTurnTests : ClockedKit
{
    private readonly string _name = $"experiment-{Guid.NewGuid():N}";
    private readonly Gate _firstIsIn = new();
    private readonly Gate _secondIsIn = new();
    private readonly Gate _first = new();
    private readonly Gate _second = new();
    private ExperimentFunction? _function;

    [Fact]
    public async Task The_second_starts_when_the_first_has_succeeded_and_the_caller_waits_for_both()
    {
        var experiment = Experiment(GatedAsync);
        var run = experiment.RunDetailedAsync("", default);
        await _firstIsIn.Opened;
        Assert.Equal(1, (await experiment.GetAccountAsync()).Branches.Started);

        _first.Open();
        await _secondIsIn.Opened;
        Assert.False(run.IsCompleted);
        _second.Open();

        var result = await run.Soon();
        Assert.Equal("first", result.Output);
        Assert.Equal([("first", BranchStatus.Success), ("second", BranchStatus.Success)], result.Branches.Select(branch => (branch.Config.Id, branch.Status)));
    }

    [Fact]
    public async Task A_failed_first_stops_the_second_and_reaches_the_caller_as_it_was_thrown()
    {
        var thrown = new IOException("disk full");
        var own = new CollectingSink();
        var experiment = Experiment(_ => Task.FromException<string>(thrown));

        Assert.Same(thrown, await Assert.ThrowsAsync<IOException>(() => experiment.RunAsync("", new RunOptions { Sink = own }).Soon()));

        var account = await experiment.GetAccountAsync();
        Assert.Equal((1, 1, 1), (account.Answered, account.Branches.Started, account.Branches.Failed));
        Assert.Equal("first", Assert.Single(await own.FinishedAsync(1)).ConfigId);
        ExpectOnlyTheRegisteredSink();
    }

    [Fact]
    public async Task A_failed_second_is_recorded_and_does_not_fail_the_caller()
    {
        var own = new CollectingSink();
        var experiment = Experiment(context => context.Config.Id == "first" ? Task.FromResult("first") : Task.FromException<string>(new IOException()));

        var result = await experiment.RunDetailedAsync("", new RunOptions { Sink = own }).Soon();

        Assert.Equal("first", result.Output);
        Assert.Equal(BranchStatus.Failed, result.Branches[1].Status);
        Assert.Equal(1, (await experiment.GetAccountAsync()).Branches.Failed);
        Assert.Equal([BranchStatus.Success, BranchStatus.Failed], (await own.FinishedAsync(2)).Select(finished => finished.Status));
        ExpectOnlyTheRegisteredSink();
    }

    [Fact]
    public async Task A_second_that_hangs_ends_at_the_deadline_and_the_caller_gets_the_output_of_the_first()
    {
        var experiment = Experiment(GatedAsync);
        var run = experiment.RunDetailedAsync("", default);
        _first.Open();
        await _secondIsIn.Opened;

        Clock.Advance(StrategySettings.Default.Deadline);

        var result = await run.Soon();
        Assert.Equal(("first", BranchStatus.TimedOut), (result.Output, result.Branches[1].Status));
        _second.Open();
    }

    [Fact]
    public async Task A_first_that_hangs_ends_at_the_deadline_and_nothing_follows_when_it_comes_back()
    {
        var experiment = Experiment(GatedAsync);
        var run = experiment.RunAsync("", default);
        await _firstIsIn.Opened;

        Clock.Advance(StrategySettings.Default.Deadline);

        Assert.Equal("first", (await Assert.ThrowsAsync<BranchTimedOutException>(() => run.Soon())).ConfigId);
        _first.Open();
        await Sink.WhenAsync(all => all.OfType<BranchLate>().Any());
        Assert.Equal(1, (await experiment.GetAccountAsync()).Branches.Started);
    }

    [Fact]
    public async Task Cancelling_while_the_first_runs_ends_the_run_with_the_callers_token()
    {
        using var caller = new CancellationTokenSource();
        var own = new CollectingSink();
        var experiment = Experiment(GatedAsync);
        var run = AskAsync(experiment, caller.Token, own);
        await _firstIsIn.Opened;

        await caller.CancelAsync();

        Assert.Equal(caller.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run)).CancellationToken);
        var account = await experiment.GetAccountAsync();
        Assert.Equal((1, 1), (account.Branches.Started, account.Branches.Cancelled));
        _first.Open();
        await own.WhenAsync(all => all.OfType<BranchLate>().Any());
        ExpectOnlyTheRegisteredSink();
    }

    [Fact]
    public async Task Cancelling_after_the_first_is_done_does_not_lose_its_value_and_does_not_stop_the_second()
    {
        using var caller = new CancellationTokenSource();
        var experiment = Experiment(async context =>
        {
            if (context.Config.Id == "first")
                return "first";

            _secondIsIn.Open();
            await _second.Opened;
            context.CancellationToken.ThrowIfCancellationRequested();
            return "second";
        });
        var run = AskAsync(experiment, caller.Token);
        await _secondIsIn.Opened;

        await caller.CancelAsync();
        Assert.Equal(1, (await experiment.GetAccountAsync()).InFlight);
        _second.Open();

        var result = await run;
        Assert.Equal(("first", BranchStatus.Success), (result.Output, result.Branches[1].Status));
    }

    [Fact]
    public async Task A_drain_lets_the_second_run()
    {
        var experiment = Experiment(GatedAsync);
        var run = experiment.RunDetailedAsync("", default);
        await _firstIsIn.Opened;

        var drained = Client.Root.Ask<Drained>(new Drain(TimeSpan.FromMinutes(1)));
        await experiment.GetAccountAsync();
        _first.Open();
        await _secondIsIn.Opened;
        _second.Open();

        Assert.Equal(BranchStatus.Success, (await run.Soon()).Branches[1].Status);
        Assert.Equal(0, (await drained.Soon()).CutShort);
    }

    [Fact]
    public async Task A_drain_that_has_no_time_left_cuts_the_second_short_and_the_caller_gets_the_output_of_the_first()
    {
        var experiment = Experiment(GatedAsync);
        var run = experiment.RunDetailedAsync("", default);
        _first.Open();
        await _secondIsIn.Opened;

        var drained = Client.Root.Ask<Drained>(new Drain(TimeSpan.FromMilliseconds(1)));

        var result = await run.Soon();
        Assert.Equal(("first", BranchStatus.Cancelled), (result.Output, result.Branches[1].Status));
        Assert.Equal(1, (await drained.Soon()).CutShort);
        _second.Open();
    }

    [Fact]
    public async Task A_second_whose_turn_comes_after_the_deadline_is_recorded_as_cancelled()
    {
        var experiment = Experiment(ConfigIdAsync);
        using var _ = WhenTheFirstHasJustEnded(() =>
        {
            Clock.Advance(StrategySettings.Default.Deadline);
            return experiment.GetAccountAsync();
        });

        var result = await experiment.RunDetailedAsync("", default).Soon();

        Assert.Equal(("first", BranchStatus.Cancelled), (result.Output, result.Branches[1].Status));
        Assert.Equal(2, (await Sink.FinishedAsync(2)).Count);
        Assert.Equal(0, (await experiment.GetAccountAsync()).InFlight);
    }

    [Fact]
    public async Task A_second_whose_turn_comes_after_a_drain_is_recorded_as_cancelled()
    {
        var experiment = Experiment(ConfigIdAsync);
        using var _ = WhenTheFirstHasJustEnded(() => Client.Root.Ask<Drained>(new Drain(TimeSpan.FromMilliseconds(1))));

        var result = await experiment.RunDetailedAsync("", default).Soon();

        Assert.Equal(("first", BranchStatus.Cancelled), (result.Output, result.Branches[1].Status));
    }

    [Fact]
    public async Task Cancelling_when_the_first_has_just_ended_does_not_stop_the_second()
    {
        using var caller = new CancellationTokenSource();
        var experiment = Experiment(ConfigIdAsync);
        using var _ = WhenTheFirstHasJustEnded(async () =>
        {
            await caller.CancelAsync();
            await experiment.GetAccountAsync();
        });

        var result = await AskAsync(experiment, caller.Token);

        Assert.Equal(("first", BranchStatus.Success), (result.Output, result.Branches[1].Status));
    }

    // its end is claimed, and its supervisor does not know yet
    private ActivityListener WhenTheFirstHasJustEnded(Func<Task> happens)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Spearmint",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.OperationName == "spearmint.branch" && Equals(span.GetTagItem("spearmint.experiment"), _name)
                    && Equals(span.GetTagItem("spearmint.config.id"), "first"))
                    happens().Soon().GetAwaiter().GetResult();
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static Task<string> ConfigIdAsync(BranchContext context) => Task.FromResult(context.Config.Id);

    private async Task<string> GatedAsync(BranchContext context)
    {
        var (isIn, gate) = context.Config.Id == "first" ? (_firstIsIn, _first) : (_secondIsIn, _second);
        isIn.Open();
        await gate.Opened;
        return context.Config.Id;
    }

    // by plain message: a task of the client's is cancelled with its token whatever the run does
    private async Task<ExperimentResult> AskAsync(Experiment<string, string> experiment, CancellationToken callersToken, IBranchSink? sink = null)
    {
        var found = await Client.Root.Ask<StrategyFound>(new FindStrategy(experiment.Name));
        return await found.Supervisor.Ask<ExperimentResult>(new RunExperiment(_function!, experiment.Configs)
        {
            ExperimentName = experiment.Name,
            CancellationToken = callersToken,
            Sink = sink,
        }).Soon();
    }

    private Experiment<string, string> Experiment(Func<BranchContext, Task<string>> function)
    {
        _function = ExperimentFunction.From(function);
        return Client.CreateExperiment<string, string>(
            _name, (_, context) => function(context), Some.Configs("first", "second"), new Strategy("in_turn", () => new InTurn()));
    }

    private sealed class InTurn : IStrategy
    {
        public RunPlan Plan(PlanRequest request) => RunPlan.InTurn(request.Configs);
    }
}
