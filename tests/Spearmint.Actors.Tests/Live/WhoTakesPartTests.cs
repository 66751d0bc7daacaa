using Akka.Actor;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

public sealed class WhoTakesPartTests : ClockedKit
{
    private static readonly StrategySettings NobodysSettings = new() { Participation = new Participation { Share = 0 } };

    [Fact]
    public async Task Live_control_steps_the_ramp_up_and_whoever_was_in_stays_in()
    {
        var experiment = Experiment(Strategy.SingleConfig("b"), new StrategySettings { Participation = new Participation { Share = 0.01 } });
        string[] keys = [.. Keyed.Keys.Take(1000)];
        var before = new HashSet<string>();
        foreach (var share in Participation.Ramp)
        {
            var now = new HashSet<string>();
            foreach (var key in keys)
            {
                if (await experiment.RunAsync("", new RunOptions { Key = key }) == "b")
                    now.Add(key);
            }

            Assert.Equal(share, (await experiment.GetSettingsAsync()).Settings.Participation.Share);
            Assert.Superset(before, now);
            Assert.InRange(now.Count / (double)keys.Length, share / 2, share + 0.05);
            before = now;
            await experiment.ChangeSettingsAsync(settings => settings with { Participation = settings.Participation.StepUp() });
        }

        Assert.Equal(keys.Length, before.Count);
        await experiment.ChangeSettingsAsync(settings => settings with { Participation = settings.Participation.StepDown() });
        Assert.Equal(0.5, (await experiment.GetSettingsAsync()).Settings.Participation.Share);
    }

    [Fact]
    public async Task An_experiment_begins_and_ends_by_the_clock()
    {
        var start = Clock.GetUtcNow() + TimeSpan.FromHours(1);
        var window = new Participation { StartsAt = start, EndsAt = start + TimeSpan.FromHours(1) };
        var experiment = Experiment(Strategy.SingleConfig("b"), new StrategySettings { Participation = window });

        Assert.Equal("a", await experiment.RunAsync("").Soon());
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("b", await experiment.RunAsync("").Soon());
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("a", await experiment.RunAsync("").Soon());
    }

    [Fact]
    public async Task A_change_that_would_allow_and_deny_a_key_comes_back_and_changes_nothing()
    {
        var experiment = Experiment(Strategy.RoundRobin, new StrategySettings { Participation = new Participation { AllowedKeys = ["key"] } });

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => experiment.ChangeSettingsAsync(
            settings => settings with { Participation = settings.Participation with { DeniedKeys = ["key"] } }).Soon());

        Assert.Contains("'key'", refusal.Message);
        Assert.Equal(1, (await experiment.GetSettingsAsync()).Version);
    }

    [Fact]
    public async Task A_run_of_a_shadowed_experiment_that_takes_no_part_has_no_shadows_and_says_so_when_they_are_gathered()
    {
        var experiment = Experiment(Strategy.Shadow("b"), NobodysSettings);

        var run = await experiment.RunDetailedAsync("").Soon();

        Assert.Equal("b", run.Output);
        Assert.Empty(await experiment.GatherShadowsAsync(run.RunId).Soon());
        Assert.Equal((0, 1), ((await experiment.GetAccountAsync()).Shadows.Eligible, (await experiment.GetAccountAsync()).NotTakingPart));
    }

    [Fact]
    public async Task All_branches_of_a_run_that_takes_no_part_are_one()
    {
        Assert.Equal("a", Assert.Single(await Experiment(Strategy.MultiBranch, NobodysSettings).RunAllAsync("").Soon()).Output);
        var streamed = new List<string?>();
        await foreach (var branch in Experiment(new Strategy("mine", () => new Every()), NobodysSettings, "own").StreamAsync(""))
            streamed.Add(branch.Output);
        Assert.Equal(["a"], streamed);
    }

    [Fact]
    public async Task A_tester_forces_a_config()
    {
        var experiment = Experiment(Strategy.Shadow(), NobodysSettings);

        Assert.Equal("c", await experiment.RunAsync("", new RunOptions { ForcedConfigId = "c" }).Soon());

        var account = await experiment.GetAccountAsync();
        Assert.Equal((1, 1, 0), (account.Branches.Started, account.Forced, account.NotTakingPart));
    }

    [Fact]
    public async Task A_forced_config_that_there_is_not_is_an_error_that_names_it_and_the_configs()
    {
        var experiment = Experiment(Strategy.Shadow(), StrategySettings.Default);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => experiment.RunAsync("", new RunOptions { ForcedConfigId = "z" }).Soon());

        Assert.Contains("'z' is not among the configs: a, b, c.", error.Message);
        var account = await experiment.GetAccountAsync();
        Assert.Equal((1, 0, 0), (account.RejectedBy[RejectReasons.Invalid], account.Forced, account.Branches.Started));
    }

    [Fact]
    public async Task A_message_that_may_not_take_part_runs_the_baseline_and_is_counted()
    {
        var result = await Client.Root.Ask<ExperimentResult>(new RunExperiment(Some.ConfigId, Some.Configs("a", "b"))
        {
            StrategyName = "multi_branch",
            MayTakePart = false,
        }).Soon();

        Assert.Equal("a", Assert.Single(result.Branches).Config.Id);
        var account = (await Client.GetAccountAsync())["multi_branch"];
        Assert.Equal((1, 1, 1), (account.Offered, account.Answered, account.NotTakingPart));
    }

    [Fact]
    public async Task The_key_and_the_settings_reach_the_strategy()
    {
        var seen = new List<(string?, double)>();
        var experiment = Experiment(Strategy.Allocate(request =>
        {
            seen.Add((request.Key, request.Settings.Participation.Share));
            return "b";
        }), new StrategySettings { Participation = new Participation { Share = 0.5, AllowedKeys = ["anna"] } });

        Assert.Equal("b", await experiment.RunAsync("", new RunOptions { Key = "anna" }).Soon());

        Assert.Equal([("anna", 0.5)], seen);
    }

    [Fact]
    public async Task A_key_keeps_its_config_through_the_client_by_message_and_when_weights_of_others_change()
    {
        var weights = new Dictionary<string, double> { ["a"] = 7, ["b"] = 2, ["c"] = 1 };
        var experiment = Experiment(Strategy.Sticky, new StrategySettings { Weights = weights });

        Assert.Equal("c", await experiment.RunAsync("", new RunOptions { Key = "user-11" }).Soon());
        await Client.ChangeSettingsAsync("sticky", settings => settings with { Weights = weights }).Soon();
        Assert.Equal("c", (await Client.RunAsync(new RunExperiment(Some.ConfigId, experiment.Configs) { StrategyName = "sticky", Key = "user-11" }).Soon()).Output);

        await experiment.ChangeSettingsAsync(settings => settings with { Weights = new Dictionary<string, double>(weights) { ["a"] = 1 } });
        Assert.Equal("c", await experiment.RunAsync("", new RunOptions { Key = "user-11" }).Soon());
    }

    private Experiment<string, string> Experiment(Strategy strategy, StrategySettings settings, string name = "experiment") =>
        Client.CreateExperiment<string, string>(
            name, (_, context) => Task.FromResult(context.Config.Id), Some.Configs("a", "b", "c"), strategy, new ExperimentOptions { Settings = settings });

    private sealed class Every : IStrategy
    {
        public RunPlan Plan(PlanRequest request) => RunPlan.All(request.Configs);
    }
}
