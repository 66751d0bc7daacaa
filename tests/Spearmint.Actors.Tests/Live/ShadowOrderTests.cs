using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

/// <summary>In which order shadows start when limits let only some of them run.</summary>
public sealed class ShadowOrderTests : SpearmintKit
{
    private const int Runs = 900;

    [Fact]
    public async Task In_the_given_order_a_limit_lets_only_the_first_shadow_run()
    {
        var account = await RunAsync(OneAtATime);

        Assert.Equal([Runs, 0, 0], Started(account));
    }

    [Fact]
    public async Task In_random_order_a_limit_hits_all_configs_alike()
    {
        var account = await RunAsync(OneAtATime with { ShadowOrder = ShadowOrder.Random });

        Assert.All(Started(account), count => Assert.InRange(count, (Runs / 3) - 60, (Runs / 3) + 60));
        Assert.Equal((3 * Runs, Runs, 2 * Runs), (account.Shadows.Eligible, account.Shadows.Started, account.Shadows.SkippedBy[SkipReasons.QueueFull]));
    }

    [Fact]
    public async Task The_same_runs_have_the_same_order_under_the_same_seed_and_another_under_another()
    {
        var random = OneAtATime with { ShadowOrder = ShadowOrder.Random };

        var first = Started(await RunAsync(random with { ShadowOrderSeed = 1 }, "first"));
        var same = Started(await RunAsync(random with { ShadowOrderSeed = 1 }, "same"));
        var other = Started(await RunAsync(random with { ShadowOrderSeed = 2 }, "other"));

        Assert.Equal(first, same);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task Gathered_shadows_are_in_config_order_whatever_the_order_of_their_start()
    {
        var starts = new HashSet<string>();
        var experiment = Experiment(StrategySettings.Default with { ShadowOrder = ShadowOrder.Random }, "experiment", Some.Configs("a", "b", "c", "d"));
        for (var run = 0; run < 50; run++)
        {
            var result = await experiment.RunDetailedAsync("", new RunOptions { RunId = new Guid(run, 1, 1, new byte[8]) }).Soon();
            Assert.Equal(["b", "c", "d"], (await experiment.GatherShadowsAsync(result.RunId).Soon()).Select(shadow => shadow.Config.Id));
        }

        var events = await Sink.WhenAsync(all => all.OfType<BranchFinished>().Count() == 200);
        foreach (var run in events.OfType<BranchStarted>().GroupBy(branch => branch.RunId))
        {
            var ids = run.Select(branch => branch.ConfigId).ToList();
            Assert.Equal("a", ids[0]);
            starts.Add(string.Concat(ids));
        }

        Assert.Equal(6, starts.Count);
    }

    [Fact]
    public async Task More_shadows_than_fit_on_the_stack_are_shuffled_too()
    {
        var settings = StrategySettings.Default with { ShadowOrder = ShadowOrder.Random, MaxConcurrentShadows = 1, ShadowQueueLimit = 0 };
        var experiment = Experiment(settings, "experiment", Some.Configs(100));

        var result = await experiment.RunDetailedAsync("", new RunOptions { RunId = Guid.Empty }).Soon();
        var gathered = await experiment.GatherShadowsAsync(result.RunId).Soon();

        Assert.Equal(99, gathered.Count);
        Assert.NotEqual("c1", Assert.Single(gathered.Successful).Config.Id);
    }

    private static StrategySettings OneAtATime { get; } = new() { MaxConcurrentShadows = 1, ShadowQueueLimit = 0 };

    private static IEnumerable<long> Started(StrategyAccount account) =>
        ((string[])["b", "c", "d"]).Select(id => account.ByConfigId(id)!.Shadows.Started).ToList();

    private async Task<StrategyAccount> RunAsync(StrategySettings settings, string name = "experiment")
    {
        var experiment = Experiment(settings, name, Some.Configs("a", "b", "c", "d"));
        for (var run = 0; run < Runs; run++)
        {
            var id = new Guid(run, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]);
            await experiment.RunAsync("", new RunOptions { RunId = id }).Soon();
            await experiment.GatherShadowsAsync(id).Soon();
        }

        return await experiment.GetAccountAsync();
    }

    private Experiment<string, string> Experiment(StrategySettings settings, string name, ConfigSet configs) =>
        Client.CreateExperiment<string, string>(name, (input, _) => Task.FromResult(input), configs, Strategy.Shadow(), new ExperimentOptions { Settings = settings });
}
