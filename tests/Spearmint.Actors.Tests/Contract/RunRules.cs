using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Contract;

public sealed class RunRules : SpearmintKit
{
    [Fact]
    public async Task Rule_15_a_strategy_that_throws_is_answered_with_what_it_threw()
    {
        var supervisor = await Client.RegisterStrategyAsync("throws", () => new Faulty(_ => throw new NotSupportedException("no plan today"))).Soon();

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => supervisor.Ask<ExperimentResult>(new RunExperiment(Some.ConfigId, Some.Configs("a"))).Soon());
        Assert.Equal("no plan today", error.Message);
    }

    [Fact]
    public async Task Rule_15_a_strategy_without_a_plan_is_answered_with_an_error_that_names_it()
    {
        var supervisor = await Client.RegisterStrategyAsync("planless", () => new Faulty(_ => null!)).Soon();

        var error = await Assert.ThrowsAsync<InvalidPlanException>(() => supervisor.Ask<ExperimentResult>(new RunExperiment(Some.ConfigId, Some.Configs("a"))).Soon());
        Assert.Contains("'planless'", error.Message);
    }

    [Fact]
    public async Task Rule_15_a_plan_without_branches_is_answered_with_an_error()
    {
        var supervisor = await Client.RegisterStrategyAsync("empty", () => new Faulty(_ => RunPlan.All(ConfigSet.Empty))).Soon();

        await Assert.ThrowsAsync<InvalidPlanException>(() => supervisor.Ask<ExperimentResult>(new RunExperiment(Some.ConfigId, Some.Configs("a"))).Soon());
    }

    [Fact]
    public async Task Rule_15_a_strategy_that_throws_once_serves_the_next_run()
    {
        var calls = 0;
        var supervisor = await Client.RegisterStrategyAsync(
            "sometimes", () => new Faulty(request => ++calls == 1 ? throw new IOException() : RunPlan.One(request.Configs[0]))).Soon();
        var request = new RunExperiment(Some.ConfigId, Some.Configs("a"));

        await Assert.ThrowsAsync<IOException>(() => supervisor.Ask<ExperimentResult>(request).Soon());
        Assert.Equal("a", (await supervisor.Ask<ExperimentResult>(request).Soon()).Output);
    }

    [Theory]
    [InlineData("round_robin", true)]
    [InlineData("round_robin", false)]
    [InlineData("multi_branch", true)]
    [InlineData("multi_branch", false)]
    public async Task Rule_15_a_bug_in_a_worker_is_answered(string strategy, bool atOnce)
    {
        var run = Client.RunAsync(new RunExperiment(new BrokenFunction(atOnce), Some.Configs("a")) { StrategyName = strategy }).Soon();

        if (strategy == "multi_branch")
            Assert.IsType<BranchWorkerDiedException>((await run).Branches[0].Exception);
        else
            await Assert.ThrowsAsync<BranchWorkerDiedException>(() => run);
        Assert.Equal(BranchStatus.Failed, Assert.Single(await Sink.FinishedAsync(1)).Status);
    }

    [Fact]
    public async Task Rule_15_a_run_without_a_strategy_name_is_answered_with_the_names_there_are()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Client.Root.Ask<ExperimentResult>(new RunExperiment(Some.ConfigId, Some.Configs("a"))).Soon());

        Assert.Contains("round_robin, shadow, multi_branch", error.Message);
    }

    [Fact]
    public async Task Rule_15_every_one_of_many_concurrent_callers_is_answered_with_its_own_output()
    {
        var gate = new Gate();
        var runs = Enumerable.Range(0, 32).Select(caller => AskAsync("round_robin", async (input, _, _) =>
        {
            await gate.Opened;
            return input;
        }, Some.Configs("a", "b", "c"), input: caller)).ToList();
        gate.Open();

        Assert.Equal(Enumerable.Range(0, 32).Cast<object?>(), (await Task.WhenAll(runs)).Select(result => result.Output));
    }

    [Fact]
    public async Task Rule_16_the_callers_token_reaches_the_function_of_awaited_branches()
    {
        using var source = new CancellationTokenSource();
        var inside = new Gate();
        var run = AskAsync("round_robin", async (_, _, token) =>
        {
            inside.Open();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        }, Some.Configs("a"), cancellationToken: source.Token);
        await inside.Opened;

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(BranchStatus.Cancelled, Assert.Single(await Sink.FinishedAsync(1)).Status);
    }

    [Fact]
    public async Task Rule_16_shadows_do_not_see_the_callers_token()
    {
        using var source = new CancellationTokenSource();
        var gate = new Gate();
        var result = await AskAsync("shadow", async (_, config, token) =>
        {
            if (config.Id == "b")
                await gate.Opened;
            return token.IsCancellationRequested;
        }, Some.Configs("a", "b"), cancellationToken: source.Token);

        await source.CancelAsync();
        gate.Open();

        Assert.Equal(false, Assert.Single((await GatherAsync(result.RunId)).Shadows).Output);
    }

    [Fact]
    public async Task Rule_16_a_run_that_was_cancelled_before_it_started_runs_nothing()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var calls = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(
            "multi_branch", (_, _, _) => Task.FromResult<object?>(++calls), Some.Configs("a"), cancellationToken: source.Token));
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Rule_17_the_shadows_of_one_run_are_gathered_by_its_id_without_mixing_overlapping_runs()
    {
        var gates = new[] { new Gate(), new Gate() };
        var runs = new List<ExperimentResult>();
        foreach (var number in (int[])[0, 1])
        {
            runs.Add(await AskAsync("shadow", async (input, config, _) =>
            {
                if (config.Id != "a")
                    await gates[number].Opened;
                return $"{input}{config.Id}";
            }, Some.Configs("a", "b", "c"), input: number));
        }

        var first = GatherAsync(runs[0].RunId);
        gates[1].Open();
        Assert.Equal(["1b", "1c"], (await GatherAsync(runs[1].RunId)).Shadows.Select(branch => branch.Output));
        Assert.False(first.IsCompleted);
        gates[0].Open();
        Assert.Equal(["0b", "0c"], (await first).Shadows.Select(branch => branch.Output));
    }

    [Fact]
    public async Task Rule_17_an_unknown_run_is_an_error_that_names_it()
    {
        var id = Guid.NewGuid();

        Assert.Contains(id.ToString(), (await Assert.ThrowsAsync<RunNotFoundException>(() => GatherAsync(id))).Message);
    }

    [Fact]
    public async Task Rule_18_the_input_is_passed_to_every_branch_unchanged()
    {
        var input = new object();
        var result = await AskAsync("multi_branch", (given, _, _) => Task.FromResult<object?>(ReferenceEquals(given, input)), Some.Configs("a", "b", "c"), input);

        Assert.All(result.Branches, branch => Assert.Equal(true, branch.Output));
    }

    [Fact]
    public async Task Rule_18_null_is_an_input_and_an_output()
    {
        var result = await AskAsync("round_robin", (input, _, _) => Task.FromResult(input), Some.Configs("a"), input: null);

        Assert.Null(result.Output);
        Assert.Equal(BranchStatus.Success, result.Branches[0].Status);
    }

    [Fact]
    public async Task Rule_18_a_function_may_read_everything_from_its_context()
    {
        BranchContext? seen = null;
        var function = ExperimentFunction.From(context =>
        {
            seen = context;
            return Task.FromResult(context.Input);
        });

        var result = await Client.RunAsync(new RunExperiment(function, Some.Configs("a"), "input") { StrategyName = "shadow", ExperimentName = "named" }).Soon();

        Assert.Equal(
            ("input", "named", result.RunId, result.Branches[0].BranchId, BranchRole.Primary, "a"),
            (seen!.Input, seen.Experiment, seen.RunId, seen.BranchId, seen.Role, seen.Config.Id));
    }

    /// <summary>What a call must never do, and would do if Spearmint had a bug there: fail.</summary>
    private sealed class BrokenFunction(bool atOnce) : ExperimentFunction
    {
        internal override async ValueTask<BranchOutcome> CallAsync(BranchContext context, TimeProvider clock)
        {
            if (!atOnce)
                await Task.Yield();
            throw new InvalidOperationException("a bug");
        }
    }

    private sealed class Faulty(Func<PlanRequest, RunPlan> plan) : IStrategy
    {
        public RunPlan Plan(PlanRequest request) => plan(request);
    }
}
