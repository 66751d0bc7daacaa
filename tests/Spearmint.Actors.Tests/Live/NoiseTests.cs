using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Statistics;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

/// <summary>Is it real? What differs by chance is told from what the candidate gets wrong.</summary>
public sealed class NoiseTests : SpearmintKit
{
    private static readonly StrategySettings Noisy = new() { NoiseRate = 0.5, MaxConcurrentShadows = 1000, ShadowQueueLimit = 10_000 };

    [Fact]
    public async Task Of_a_random_id_a_time_and_one_real_bug_the_report_names_the_bug_alone()
    {
        var experiment = Client.CreateExperiment<int, Receipt>(
            "receipts", [new("right", (number, _) => MakeAsync(number, bug: false)), new("wrong", (number, _) => MakeAsync(number, bug: true))], Strategy.Shadow(),
            new ExperimentOptions { Compare = ComparisonRules.For<int, Receipt>(), Settings = Noisy });

        var pair = await StatisticsAsync(experiment, runs: 400);

        Assert.Equal(["$.lines[*].cents"], pair.Paths.Where(path => path.IsReal).Select(path => path.Path));
        Assert.Equal(["$.at", "$.id", "$.lines[*].cents"], pair.Paths.Select(path => path.Path).Order(StringComparer.Ordinal));
        var real = pair.Paths.Single(path => path.IsReal);
        Assert.Equal((40, 400, 0), (real.Mismatches.Count, real.Mismatches.Of, real.Noise.Count));
        Assert.InRange(real.Noise.Of, 140, 260);
        Assert.Equal("$.lines[1].cents: 200 -> 201", real.First[0].Difference.ToString());
    }

    [Fact]
    public async Task Without_a_noise_arm_everything_that_differs_is_real_and_the_rule_can_be_changed()
    {
        var experiment = Client.CreateExperiment<int, Receipt>(
            "receipts", [new("right", (number, _) => MakeAsync(number, bug: false)), new("wrong", (number, _) => MakeAsync(number, bug: true))], Strategy.Shadow(),
            new ExperimentOptions { Compare = ComparisonRules.For<int, Receipt>(), Settings = Noisy with { NoiseRate = 0 } });

        var pair = await StatisticsAsync(experiment, runs: 100);

        Assert.Equal(3, pair.Paths.Count(path => path.IsReal));
        var tolerant = (await experiment.GetStatisticsAsync(new NoiseRule(MinRelative: 0.2, MinAbsolute: 0.5))).Pair("right", "wrong")!;
        Assert.Equal(["$.at", "$.id"], tolerant.Paths.Where(path => path.IsReal).Select(path => path.Path).Order(StringComparer.Ordinal));
    }

    private static async Task<PairStatistics> StatisticsAsync(Experiment<int, Receipt> experiment, int runs)
    {
        for (var number = 0; number < runs; number++)
            await experiment.GatherComparisonsAsync((await experiment.RunDetailedAsync(number).Soon()).RunId).Soon();

        return (await experiment.GetStatisticsAsync()).Pair("right", "wrong")!;
    }

    // the bug: one in ten is a cent too dear
    private static Task<Receipt> MakeAsync(int number, bool bug) => Task.FromResult(new Receipt(
        Guid.NewGuid(), TimeProvider.System.GetTimestamp(), [new Line("tea", 100), new Line("mint", bug && number % 10 == 0 ? 201 : 200)]));

    private sealed record Receipt(Guid Id, long At, IReadOnlyList<Line> Lines);

    private sealed record Line(string What, int Cents);
}
