using Akka.Actor;
using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Sinks;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Contract;

/// <summary>Beside no other test: what they keep in memory would count.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryRules
{
    [Fact]
    public async Task Memory_is_flat_over_1_000_000_runs()
    {
        using var system = ActorSystem.Create("memory");
        var client = SpearmintClient.For(system);
        await client.RegisterSinkAsync("memory", new InMemorySink());
        var experiment = client.CreateExperiment<string, string>(
            "many", (input, _, _) => Task.FromResult(input), Some.Configs("control", "candidate"), Strategy.Shadow(), new ExperimentOptions
            {
                Compare = ComparisonRules.For<string, string>(),
                Settings = new() { ShadowSampleRate = 0.1 },
            });
        await RunManyAsync(experiment, 100_000);
        var before = await MemoryAsync(client, experiment);

        await RunManyAsync(experiment, 900_000);

        var grown = await MemoryAsync(client, experiment) - before;
        Assert.True(grown < 10_000_000, $"{grown} bytes more");
        Assert.InRange((await experiment.GetAccountAsync()).Answered, 1_000_000, 1_000_002);
        await system.Terminate();
    }

    private static Task RunManyAsync(Experiment<string, string> experiment, int runs) => Task.WhenAll(Enumerable.Range(0, 64).Select(async caller =>
    {
        for (var run = caller; run < runs; run += 64)
            await experiment.RunAsync("");
    }));

    // what was begun is over and written before the look
    private static async Task<long> MemoryAsync(SpearmintClient client, Experiment<string, string> experiment)
    {
        await experiment.GatherComparisonsAsync((await experiment.RunDetailedAsync("")).RunId).Soon();
        Assert.Empty(await client.FlushAsync(Gate.Patience));
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}

/// <summary>Tests that run one after the other when all others have ended.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
