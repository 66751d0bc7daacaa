using Akka.Actor;
using FsCheck;
using FsCheck.Fluent;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Contract;

public sealed class StrategyRules : SpearmintKit
{
    [Theory]
    [InlineData("round_robin")]
    [InlineData("shadow")]
    [InlineData("multi_branch")]
    public async Task Rule_8_empty_configs_are_an_argument_error_that_names_the_strategy_and_the_function_never_runs(string strategy)
    {
        var calls = 0;

        var error = await Assert.ThrowsAsync<ArgumentException>(() => AskAsync(strategy, (_, _, _) => Task.FromResult<object?>(++calls), []));

        Assert.Contains(strategy, error.Message);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Rule_9_round_robin_answers_with_the_plain_output_of_one_config_after_the_other()
    {
        var outputs = new List<object?>();
        for (var run = 0; run < 5; run++)
            outputs.Add((await AskAsync("round_robin", Some.ConfigId, Some.Configs("a", "b", "c"))).Output);

        Assert.Equal(["a", "b", "c", "a", "b"], outputs);
    }

    [Fact]
    public async Task Rule_9_the_rotation_advances_also_when_the_branch_fails_or_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var configs = Some.Configs("fails", "cancels", "works");

        await Assert.ThrowsAsync<IOException>(() => AskAsync("round_robin", (_, _, _) => throw new IOException(), configs));
        using var late = new CancellationTokenSource();
        var gate = new Gate();
        var cancelled = AskAsync("round_robin", async (_, _, token) =>
        {
            gate.Open();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        }, configs, cancellationToken: late.Token);
        await gate.Opened;
        await late.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        Assert.Equal("works", (await AskAsync("round_robin", Some.ConfigId, configs)).Output);
    }

    [Fact]
    public void Rule_9_concurrent_runs_use_each_config_equally_often() =>
        Prop.ForAll(
            Gen.Choose(1, 6).ToArbitrary(), Gen.Choose(1, 12).ToArbitrary(),
            (configCount, rounds) =>
            {
                var supervisor = Client.RegisterStrategyAsync($"rr {Guid.NewGuid()}", () => new RoundRobinStrategy()).Soon().GetAwaiter().GetResult();
                var configs = Some.Configs(configCount);
                var outputs = Task.WhenAll(Enumerable.Range(0, configCount * rounds).Select(_ => Task.Run(async () =>
                    (await supervisor.Ask<ExperimentResult>(new RunExperiment(Some.ConfigId, configs))).Output))).Soon().GetAwaiter().GetResult();
                return outputs.GroupBy(output => output).All(group => group.Count() == rounds) && outputs.Distinct().Count() == configCount;
            }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public async Task Rule_9_two_registered_strategies_rotate_independently()
    {
        var one = await Client.RegisterStrategyAsync("one", () => new RoundRobinStrategy()).Soon();
        var two = await Client.RegisterStrategyAsync("two", () => new RoundRobinStrategy()).Soon();
        var request = new RunExperiment(Some.ConfigId, Some.Configs("a", "b"));

        Assert.Equal("a", (await one.Ask<ExperimentResult>(request).Soon()).Output);
        Assert.Equal("a", (await two.Ask<ExperimentResult>(request).Soon()).Output);
        Assert.Equal("b", (await one.Ask<ExperimentResult>(request).Soon()).Output);
    }

    [Fact]
    public async Task Rule_9_the_list_may_differ_from_run_to_run()
    {
        await AskAsync("round_robin", Some.ConfigId, Some.Configs("a", "b", "c"));
        await AskAsync("round_robin", Some.ConfigId, Some.Configs("a", "b", "c"));

        Assert.Equal("x", (await AskAsync("round_robin", Some.ConfigId, Some.Configs("x", "y"))).Output);
    }

    [Fact]
    public async Task Rule_10_the_caller_is_answered_with_the_primary_while_the_shadows_run()
    {
        var gate = new Gate();
        var result = await AskAsync("shadow", async (_, config, _) =>
        {
            if (config.Id != "a")
                await gate.Opened;
            return config.Id;
        }, Some.Configs("a", "b", "c"));

        Assert.Equal("a", result.Output);
        Assert.Equal(["a"], result.Branches.Select(branch => branch.Config.Id));
        gate.Open();
        Assert.Equal(["b", "c"], (await GatherAsync(result.RunId)).Shadows.Select(branch => branch.Output));
    }

    [Fact]
    public async Task Rule_10_the_primary_is_the_config_that_was_chosen_by_id()
    {
        var supervisor = await Client.RegisterStrategyAsync("b first", () => new ShadowStrategy("b")).Soon();

        Assert.Equal("b", (await supervisor.Ask<ExperimentResult>(new RunExperiment(Some.ConfigId, Some.Configs("a", "b"))).Soon()).Output);
    }

    [Fact]
    public async Task Rule_10_an_unknown_primary_is_an_argument_error()
    {
        var supervisor = await Client.RegisterStrategyAsync("nobody first", () => new ShadowStrategy("nobody")).Soon();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => supervisor.Ask<ExperimentResult>(new RunExperiment(Some.ConfigId, Some.Configs("a"))).Soon());
        Assert.Contains("nobody", error.Message);
    }

    [Fact]
    public async Task Rule_10_a_failing_shadow_never_changes_the_answer()
    {
        var result = await AskAsync("shadow", (_, config, _) => config.Id == "a" ? Task.FromResult<object?>("good") : throw new IOException("bad"), Some.Configs("a", "b"));

        Assert.Equal("good", result.Output);
        Assert.IsType<IOException>(Assert.Single((await GatherAsync(result.RunId)).Shadows).Exception);
    }

    [Fact]
    public async Task Rule_10_shadows_that_block_their_threads_do_not_delay_the_answers()
    {
        var gate = new Gate();
        var results = new List<ExperimentResult>();

        // far more blocked shadows than there are cores or pool threads
        for (var run = 0; run < 40; run++)
        {
            results.Add(await AskAsync("shadow", (_, config, _) =>
            {
                if (config.Id == "b")
                    gate.Block();
                return Task.FromResult<object?>(config.Id);
            }, Some.Configs("a", "b")));
        }

        Assert.All(results, result => Assert.Equal("a", result.Output));
        gate.Open();
        foreach (var result in results)
            Assert.Equal("b", Assert.Single((await GatherAsync(result.RunId)).Shadows).Output);
    }

    [Fact]
    public async Task Rule_10_a_failing_primary_reaches_the_caller_and_the_shadows_still_run_to_their_end()
    {
        await Assert.ThrowsAsync<IOException>(() =>
            AskAsync("shadow", (_, config, _) => config.Id == "a" ? throw new IOException() : Task.FromResult<object?>("done"), Some.Configs("a", "b")));

        var finished = await Sink.FinishedAsync(2);
        Assert.Equal(BranchStatus.Success, finished.Single(branch => branch.Role == BranchRole.Shadow).Status);
        Assert.Equal(BranchStatus.Failed, finished.Single(branch => branch.Role == BranchRole.Primary).Status);
    }

    [Fact]
    public async Task Rule_10_one_config_has_no_shadows()
    {
        var result = await AskAsync("shadow", Some.ConfigId, Some.Configs("a"));

        Assert.Empty((await GatherAsync(result.RunId)).Shadows);
    }

    [Fact]
    public async Task Rule_11_multi_branch_answers_with_a_container_in_config_order_whatever_the_order_of_completion()
    {
        var gates = new Dictionary<string, Gate> { ["a"] = new(), ["b"] = new(), ["c"] = new() };
        gates["c"].Open();

        // c ends first, then b, then a
        var result = await AskAsync("multi_branch", async (_, config, _) =>
        {
            await gates[config.Id].Opened;
            if (config.Id != "a")
                gates[config.Id == "c" ? "b" : "a"].Open();
            return config.Id;
        }, Some.Configs("a", "b", "c"));

        var container = Assert.IsType<BranchContainer>(result.Output);
        Assert.Equal(["a", "b", "c"], container.Select(branch => branch.Output));
    }

    [Fact]
    public async Task Rule_11_branch_failures_are_in_the_container_and_all_failed_is_still_an_answer()
    {
        var result = await AskAsync("multi_branch", (_, config, _) => throw new IOException(config.Id), Some.Configs("a", "b"));

        Assert.Empty(result.Branches.Successful);
        Assert.Equal(["a", "b"], result.Branches.Failed.Select(branch => branch.Exception!.Message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rule_11_functions_that_block_overlap_as_well_as_those_that_await(bool blocks)
    {
        // each of the twelve goes on only when all twelve are inside
        using var inside = new CountdownEvent(12);
        var all = new Gate();

        var result = await AskAsync("multi_branch", async (_, _, _) =>
        {
            if (inside.Signal())
                all.Open();
            if (blocks)
                all.Block();
            else
                await all.Opened;
            return null;
        }, Some.Configs(12));

        Assert.Equal(12, result.Branches.Successful.Count);
    }

    [Fact]
    public async Task Rule_12_an_exception_reaches_the_caller_as_it_was_thrown()
    {
        var thrown = new FormatException("as thrown");

        var caught = await Assert.ThrowsAsync<FormatException>(() => AskAsync("round_robin", (_, _, _) => ThrowFromHere(thrown), Some.Configs("a")));

        Assert.Same(thrown, caught);
        Assert.Contains(nameof(ThrowFromHere), caught.StackTrace);
    }

    [Fact]
    public async Task Rule_13_users_write_their_own_strategy_and_register_it_like_the_built_in_ones()
    {
        var supervisor = await Client.RegisterStrategyAsync("last", () => new LastOne()).Soon();

        var result = await supervisor.Ask<ExperimentResult>(new RunExperiment(Some.ConfigId, Some.Configs("a", "b"))).Soon();

        Assert.Equal("b", result.Output);
        Assert.Equal("last", result.Branches[0].Strategy);
        Assert.Equal("b", (await AskAsync("last", Some.ConfigId, Some.Configs("a", "b"))).Output);
    }

    [Fact]
    public void Rule_14_the_built_in_names_are_registered_from_the_start_and_each_look_up_gives_a_fresh_instance()
    {
        var catalogue = new StrategyCatalogue();

        Assert.Equal(["round_robin", "shadow", "multi_branch", "first_success", "weighted", "random", "sticky"], catalogue.Names);
        Assert.All(catalogue.Names, name => Assert.NotSame(catalogue.Create(name), catalogue.Create(name)));
        Assert.IsType<RoundRobinStrategy>(catalogue.Create("round_robin"));
        Assert.IsType<ShadowStrategy>(catalogue.Create("shadow"));
        Assert.IsType<MultiBranchStrategy>(catalogue.Create("multi_branch"));
        Assert.IsType<FirstSuccessStrategy>(catalogue.Create("first_success"));
        Assert.IsType<WeightedStrategy>(catalogue.Create("weighted"));
        Assert.IsType<RandomStrategy>(catalogue.Create("random"));
        Assert.IsType<StickyStrategy>(catalogue.Create("sticky"));
    }

    [Fact]
    public async Task Rule_14_a_duplicate_or_unknown_name_is_an_error_that_contains_the_name()
    {
        var catalogue = new StrategyCatalogue();

        Assert.Contains("'shadow'", Assert.Throws<NameTakenException>(() => catalogue.Register("shadow", () => new LastOne())).Message);
        Assert.Contains("'nothing'", Assert.Throws<UnknownNameException>(() => catalogue.Create("nothing")).Message);
        Assert.Contains("'shadow'", (await Assert.ThrowsAsync<NameTakenException>(() => Client.RegisterStrategyAsync("shadow", () => new LastOne()).Soon())).Message);
        Assert.Contains("'nothing'", (await Assert.ThrowsAsync<UnknownNameException>(() => AskAsync("nothing", Some.ConfigId, Some.Configs("a")))).Message);
    }

    private static Task<object?> ThrowFromHere(Exception exception) => throw exception;

    private sealed class LastOne : IStrategy
    {
        public RunPlan Plan(PlanRequest request) => RunPlan.One(request.Configs[^1]);
    }
}
