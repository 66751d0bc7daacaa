using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

/// <summary>The quarantine at work; its rules alone are tested where they are written.</summary>
public sealed class QuarantineTests : ClockedKit
{
    private static readonly QuarantineSettings Three = new() { FailureLimit = 3, Window = TimeSpan.FromHours(1), Pause = TimeSpan.FromSeconds(5) };

    private volatile string _bad = "b";

    [Fact]
    public async Task Shadows_of_a_config_that_keeps_failing_are_skipped_until_a_probe_succeeds()
    {
        var experiment = Experiment(Strategy.Shadow());

        Assert.Equal(["Failed", "Failed", "Failed", "quarantined", "quarantined"], await ShadowsAsync(experiment, 5));
        Assert.True((await experiment.GetAccountAsync()).ByConfigId("b")!.IsQuarantined);

        Clock.Advance(Three.Pause);
        Assert.Equal(["Failed", "quarantined"], await ShadowsAsync(experiment, 2));
        Clock.Advance(Three.Pause);
        Assert.Equal(["quarantined"], await ShadowsAsync(experiment, 1));

        _bad = "";
        Clock.Advance(Three.Pause);
        Assert.Equal(["Success", "Success"], await ShadowsAsync(experiment, 2));
        Assert.False((await experiment.GetAccountAsync()).ByConfigId("b")!.IsQuarantined);
    }

    [Fact]
    public async Task Its_beginning_and_its_end_are_in_the_log()
    {
        var experiment = Experiment(Strategy.Shadow());
        await ShadowsAsync(experiment, 3);
        _bad = "";
        Clock.Advance(Three.Pause);
        await ShadowsAsync(experiment, 1);

        var changes = (await Sink.WhenAsync(all => all.OfType<ConfigReleased>().Any())).OfType<ConfigEvent>().ToList();
        var quarantined = Assert.IsType<ConfigQuarantined>(changes[0]);
        Assert.Equal(("experiment", "b", 3, Three.Pause), (quarantined.Strategy, quarantined.ConfigId, quarantined.Failures, quarantined.Pause));
        Assert.Equal("b", Assert.IsType<ConfigReleased>(changes[1]).ConfigId);
    }

    [Fact]
    public async Task A_rotation_passes_a_quarantined_config_over()
    {
        var experiment = Experiment(Strategy.RoundRobin);
        for (var run = 0; run < 9; run++)
            await Record.ExceptionAsync(() => experiment.RunAsync("", default));

        var branches = (await experiment.GetAccountAsync()).Configs;
        Assert.Equal(3, branches.Single(config => config.ConfigId == "b").Branches.Started);
        for (var run = 0; run < 10; run++)
            await experiment.RunAsync("", default).Soon();
        Assert.Equal(3, (await experiment.GetAccountAsync()).ByConfigId("b")!.Branches.Started);
    }

    [Fact]
    public async Task A_strict_rotation_keeps_it()
    {
        var experiment = Experiment(Strategy.StrictRoundRobin);
        for (var run = 0; run < 30; run++)
            await Record.ExceptionAsync(() => experiment.RunAsync("", default));

        Assert.Equal(10, (await experiment.GetAccountAsync()).ByConfigId("b")!.Branches.Failed);
    }

    [Fact]
    public async Task The_primary_of_Shadow_is_never_quarantined()
    {
        _bad = "a";
        var experiment = Experiment(Strategy.Shadow());

        for (var run = 0; run < 10; run++)
            await Assert.ThrowsAsync<IOException>(() => experiment.RunAsync("", default));

        var primary = (await experiment.GetAccountAsync()).ByConfigId("a")!;
        Assert.Equal((10, false), (primary.Branches.Failed, primary.IsQuarantined));
    }

    [Fact]
    public async Task A_timeout_is_a_failure_too()
    {
        var gate = new Gate();
        var experiment = Client.CreateExperiment<string, string>("experiment", async (input, context) =>
        {
            if (context.Role == BranchRole.Shadow)
                await gate.Opened;
            return input;
        }, Some.Configs("a", "b"), Strategy.Shadow(), new ExperimentOptions { Settings = new StrategySettings { Quarantine = Three } });
        for (var run = 0; run < 3; run++)
        {
            var hanging = await experiment.RunDetailedAsync("");
            Clock.Advance(StrategySettings.Default.Deadline);
            Assert.Equal(BranchStatus.TimedOut, Assert.Single(await experiment.GatherShadowsAsync(hanging.RunId).Soon()).Status);
        }

        Assert.True((await experiment.GetAccountAsync()).ByConfigId("b")!.IsQuarantined);
        gate.Open();
    }

    [Fact]
    public async Task Switching_it_off_releases_every_config()
    {
        var experiment = Experiment(Strategy.Shadow());
        await ShadowsAsync(experiment, 3);

        await experiment.ChangeSettingsAsync(settings => settings with { Quarantine = QuarantineSettings.Off });

        Assert.Equal("b", ((ConfigReleased)(await Sink.WhenAsync(all => all.OfType<ConfigReleased>().Any()))[^1]).ConfigId);
        Assert.False((await experiment.GetAccountAsync()).ByConfigId("b")!.IsQuarantined);
        Assert.Equal(["Failed", "Failed", "Failed", "Failed"], await ShadowsAsync(experiment, 4));
    }

    private static async Task<List<string>> ShadowsAsync(Experiment<string, string> experiment, int runs)
    {
        var shadows = new List<string>();
        for (var run = 0; run < runs; run++)
        {
            var result = await experiment.RunDetailedAsync("").Soon();
            var shadow = (await experiment.GatherShadowsAsync(result.RunId).Soon()).Single(branch => branch.Config.Id == "b");
            shadows.Add(shadow.SkipReason ?? shadow.Status.ToString());
        }

        return shadows;
    }

    private Experiment<string, string> Experiment(Strategy strategy) => Client.CreateExperiment<string, string>(
        "experiment", (_, context) => context.Config.Id == _bad ? throw new IOException() : Task.FromResult(context.Config.Id),
        Some.Configs("a", "b", "c"), strategy, new ExperimentOptions { Settings = new StrategySettings { Quarantine = Three } });
}
