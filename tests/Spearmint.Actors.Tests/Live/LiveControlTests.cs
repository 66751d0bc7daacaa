using System.Collections.Concurrent;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

public sealed class LiveControlTests : SpearmintKit
{
    [Fact]
    public async Task Shadows_of_a_strategy_are_paused_and_resumed()
    {
        var experiment = Experiment(Strategy.Shadow());

        await experiment.ChangeSettingsAsync(settings => settings with { ShadowsPaused = true });
        Assert.Equal(SkipReasons.Paused, (await ShadowAsync(experiment)).SkipReason);
        await experiment.ChangeSettingsAsync(settings => settings with { ShadowsPaused = false });
        Assert.Equal(BranchStatus.Success, (await ShadowAsync(experiment)).Status);
    }

    [Fact]
    public async Task The_kill_switch_stops_the_shadows_of_everything_and_forgets_no_pause()
    {
        var paused = Experiment(Strategy.Shadow(), "paused");
        var other = Experiment(Strategy.Shadow(), "other");
        await paused.ChangeSettingsAsync(settings => settings with { ShadowsPaused = true });

        await Client.ChangeSettingsAsync(settings => settings with { ShadowsPaused = true });
        Assert.Equal(SkipReasons.Paused, (await ShadowAsync(other)).SkipReason);
        await Client.ChangeSettingsAsync(settings => settings with { ShadowsPaused = false });

        Assert.Equal(BranchStatus.Success, (await ShadowAsync(other)).Status);
        Assert.Equal(SkipReasons.Paused, (await ShadowAsync(paused)).SkipReason);
    }

    [Fact]
    public async Task A_pause_skips_the_shadows_that_wait()
    {
        var gate = new Gate();
        var experiment = Client.CreateExperiment<string, string>("experiment", async (input, context) =>
        {
            if (context.Role == BranchRole.Shadow)
                await gate.Opened;
            return input;
        }, Some.Configs("a", "b"), Strategy.Shadow(), new ExperimentOptions { Settings = new StrategySettings { MaxConcurrentShadows = 1 } });
        await experiment.RunAsync("", default);
        var waiting = await experiment.RunDetailedAsync("");

        await experiment.ChangeSettingsAsync(settings => settings with { ShadowsPaused = true });

        Assert.Equal(SkipReasons.Paused, Assert.Single(await experiment.GatherShadowsAsync(waiting.RunId).Soon()).SkipReason);
        gate.Open();
    }

    [Fact]
    public async Task More_room_lets_waiting_shadows_start()
    {
        var experiment = Experiment(Strategy.Shadow());
        await experiment.ChangeSettingsAsync(settings => settings with { MaxConcurrentShadows = 0 });
        var waiting = await experiment.RunDetailedAsync("");

        await experiment.ChangeSettingsAsync(settings => settings with { MaxConcurrentShadows = 1 });

        Assert.Equal(BranchStatus.Success, Assert.Single(await experiment.GatherShadowsAsync(waiting.RunId).Soon()).Status);
    }

    [Fact]
    public async Task The_sample_rate_decides_by_the_run_id_alike_every_time()
    {
        var first = Experiment(Strategy.Shadow(), "first");
        var second = Experiment(Strategy.Shadow(), "second");
        foreach (var experiment in (Experiment<string, string>[])[first, second])
            await experiment.ChangeSettingsAsync(settings => settings with { ShadowSampleRate = 0.3, ShadowQueueLimit = 10_000 });

        for (var run = 0; run < 1000; run++)
        {
            var options = new RunOptions { RunId = Guid.NewGuid() };
            await first.RunAsync("", options);
            await second.RunAsync("", options);
            if (run % 100 == 0)
                Assert.Equal((await first.GatherShadowsAsync(options.RunId.Value)).Count, (await second.GatherShadowsAsync(options.RunId.Value)).Count);
        }

        var shadows = (await first.GetAccountAsync()).Shadows;
        Assert.Equal(1000, shadows.Eligible);
        Assert.InRange(shadows.NotSampled, 630, 770);
        Assert.Equal(shadows.NotSampled, (await second.GetAccountAsync()).Shadows.NotSampled);
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(1.0, 100)]
    public async Task A_sample_of_nothing_has_no_shadows_and_one_of_everything_has_them_all(double rate, int expected)
    {
        var experiment = Experiment(Strategy.Shadow());
        await experiment.ChangeSettingsAsync(settings => settings with { ShadowSampleRate = rate });

        for (var run = 0; run < 100; run++)
            await experiment.RunAsync("", default);

        Assert.Equal(expected, (await experiment.GetAccountAsync()).Shadows.Started);
    }

    [Fact]
    public async Task A_changed_deadline_holds_for_the_next_run()
    {
        var experiment = Client.CreateExperiment<string, string>("experiment", async (input, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return input;
        }, Some.Configs("a"), Strategy.RoundRobin);

        await experiment.ChangeSettingsAsync(settings => settings with { Deadline = TimeSpan.FromMilliseconds(1) });

        Assert.Equal(TimeSpan.FromMilliseconds(1), (await Assert.ThrowsAsync<BranchTimedOutException>(() => experiment.RunAsync("", default).Soon())).Deadline);
    }

    [Fact]
    public async Task The_configs_of_an_experiment_are_changed_while_it_runs()
    {
        var experiment = Experiment(Strategy.RoundRobin);
        Assert.Equal("a", await experiment.RunAsync("", default));

        await experiment.ChangeSettingsAsync(settings => settings with { Configs = Some.Configs("new") });

        Assert.Equal("new", await experiment.RunAsync("", default));
        Assert.Equal("own", await experiment.RunAsync("", new RunOptions { Configs = Some.Configs("own") }));
    }

    [Fact]
    public async Task Configs_that_do_not_fit_are_refused_and_nothing_changes()
    {
        var experiment = Client.CreateExperiment<string, Sized, string>("experiment", (_, config, _) => Task.FromResult($"{config.Size}"),
            [Config.From(new { size = 1 })], Strategy.RoundRobin);

        await Assert.ThrowsAsync<ConfigBindingException>(() => experiment.ChangeSettingsAsync(Enlarge));
        await Assert.ThrowsAsync<ConfigBindingException>(() => Client.ChangeSettingsAsync("experiment", Enlarge));

        Assert.Equal("1", await experiment.RunAsync("", default));
        Assert.Equal(1, (await experiment.GetSettingsAsync()).Version);

        static StrategySettings Enlarge(StrategySettings settings) => settings with { Configs = new ConfigSet([Config.From(new { size = "large" })]) };
    }

    [Fact]
    public async Task A_change_that_throws_changes_nothing_and_comes_back()
    {
        var experiment = Experiment(Strategy.Shadow());

        await Assert.ThrowsAsync<IOException>(() => experiment.ChangeSettingsAsync(_ => throw new IOException()));
        await Assert.ThrowsAsync<ArgumentException>(() => experiment.ChangeSettingsAsync(_ => null!));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => experiment.ChangeSettingsAsync(settings => settings with { MaxConcurrentShadows = -5 }));
        await Assert.ThrowsAsync<IOException>(() => Client.ChangeSettingsAsync((SpearmintSettings _) => throw new IOException()));
        Assert.Contains("'nobody'", (await Assert.ThrowsAsync<UnknownNameException>(() => Client.GetSettingsAsync("nobody"))).Message);

        Assert.Equal(new SettingsInForce(1, StrategySettings.Default with { Configs = experiment.Configs }, SpearmintSettings.Default), await experiment.GetSettingsAsync());
    }

    [Fact]
    public async Task Results_branches_and_events_carry_the_version_of_the_settings()
    {
        var experiment = Experiment(Strategy.Shadow());
        var changed = await experiment.ChangeSettingsAsync(settings => settings with { ShadowSampleRate = 1 });
        await Client.ChangeSettingsAsync(settings => settings with { MaxConcurrentShadows = 10 });

        var result = await experiment.RunDetailedAsync("");

        Assert.Equal((2, 3), (changed.Version, result.SettingsVersion));
        Assert.All(await experiment.GatherShadowsAsync(result.RunId), shadow => Assert.Equal(3, shadow.SettingsVersion));
        Assert.All(await Sink.FinishedAsync(2), finished => Assert.Equal(3, finished.SettingsVersion));
        Assert.Equal(3, (await experiment.GetAccountAsync()).SettingsVersion);
    }

    [Fact]
    public async Task Ten_thousand_runs_under_a_thousand_changes_show_only_versions_with_the_settings_that_they_had()
    {
        var experiment = Experiment(Strategy.RoundRobin);
        var existed = new ConcurrentDictionary<long, string> { [1] = "a" };
        await experiment.ChangeSettingsAsync(settings => settings with { Configs = Some.Configs("a") });
        existed[2] = "a";
        var seen = new ConcurrentBag<(long Version, string? Config)>();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(caller => Task.Run(async () =>
        {
            for (var run = 0; run < 100; run++)
            {
                if (run % 10 == 0)
                {
                    var id = $"config-{caller}-{run}";
                    existed[(await experiment.ChangeSettingsAsync(settings => settings with { Configs = Some.Configs(id) })).Version] = id;
                }

                var result = await experiment.RunDetailedAsync("");
                seen.Add((result.SettingsVersion, result.Output));
            }
        })));

        Assert.Equal(10_000, seen.Count);
        Assert.All(seen, pair => Assert.Equal(existed[pair.Version], pair.Config));
        Assert.Equal(1002, (await experiment.GetSettingsAsync()).Version);
        Assert.InRange(seen.Select(pair => pair.Version).Distinct().Count(), 10, 1000);
        var finished = (await Sink.FinishedAsync(10_000)).OfType<BranchFinished>();
        Assert.All(finished, branch => Assert.Equal(existed[branch.SettingsVersion], branch.ConfigId));
    }

    private sealed record Sized(int Size);

    private Experiment<string, string> Experiment(Strategy strategy, string name = "experiment") =>
        Client.CreateExperiment<string, string>(name, (_, context) => Task.FromResult(context.Config.Id), Some.Configs("a", "b"), strategy);

    private static async Task<Branch<string>> ShadowAsync(Experiment<string, string> experiment)
    {
        var run = await experiment.RunDetailedAsync("").Soon();
        return Assert.Single(await experiment.GatherShadowsAsync(run.RunId).Soon());
    }
}
