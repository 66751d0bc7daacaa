using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Statistics;

public sealed class PairStatisticsTests
{
    [Fact]
    public void Pairs_count_by_verdict_and_an_error_is_not_compared()
    {
        var pair = Only(
            Given.Compared(ComparisonVerdict.Match), Given.Compared(ComparisonVerdict.Match), Given.Compared(ComparisonVerdict.Match),
            Given.Mismatch("$.price"), Given.Compared(ComparisonVerdict.Ignored), Given.Compared(ComparisonVerdict.Error));

        Assert.Equal((3, 1, 1, 1, 5), (pair.Match, pair.Mismatch, pair.Ignored, pair.Errors, pair.Compared));
        Assert.Equal(new Proportion(1, 5), pair.MismatchRate);
    }

    [Fact]
    public void Each_pair_of_configs_has_figures_of_its_own()
    {
        var statistics = Given.Statistics(((string[])["b", "c", "b"]).Select(config => Given.Compared(ComparisonVerdict.Match, "a", config)));

        Assert.Equal((2, 1), (statistics.Pair("a", "b")!.Match, statistics.Pair("a", "c")!.Match));
        Assert.Null(statistics.Pair("b", "a"));
        Assert.Empty(statistics.Noise);
    }

    [Fact]
    public void The_difference_in_time_agrees_with_an_independent_computation()
    {
        var longer = new double[1001];
        Normal.Samples(new Random(11), longer, 2, 5);
        longer = [.. longer.Select(value => Math.Round(value, 3))];

        var latency = Only([.. longer.Select(value => Given.Compared(ComparisonVerdict.Match, longer: value))]).Latency;

        Assert.Equal(longer.Length, latency.Count);
        Assert.Equal(longer.Mean(), latency.Mean.TotalMilliseconds, 1e-4);
        Assert.Equal(longer.StandardDeviation(), latency.StandardDeviation.TotalMilliseconds, 1e-4);
        Assert.Equal(longer.StandardDeviation() / Math.Sqrt(longer.Length), latency.StandardError.TotalMilliseconds, 1e-4);
        Array.Sort(longer);
        ExpectNear(SortedArrayStatistics.QuantileCustom(longer, 0.05, QuantileDefinition.R1), latency.P5);
        ExpectNear(SortedArrayStatistics.QuantileCustom(longer, 0.5, QuantileDefinition.R1), latency.Median);
        ExpectNear(SortedArrayStatistics.QuantileCustom(longer, 0.95, QuantileDefinition.R1), latency.P95);
        var (low, high) = Ranks.AroundMedian(longer.Length)!.Value;
        ExpectNear(longer[low - 1], latency.MedianInterval!.Value.Low);
        ExpectNear(longer[high - 1], latency.MedianInterval!.Value.High);
    }

    [Fact]
    public void A_median_of_fewer_than_6_pairs_has_no_interval()
    {
        var pairs = Enumerable.Range(0, 6).Select(number => Given.Compared(ComparisonVerdict.Error, longer: number)).ToArray();

        Assert.Null(Only(pairs[..5]).Latency.MedianInterval);
        ExpectNear(0, Only(pairs).Latency.MedianInterval!.Value.Low);
        ExpectNear(5, Only(pairs).Latency.MedianInterval!.Value.High);
    }

    [Fact]
    public void How_many_more_runs_it_takes_to_see_a_difference_in_time()
    {
        var pair = Only([.. Enumerable.Range(0, 50).Select(number => Given.Compared(ComparisonVerdict.Match, longer: number % 2 == 0 ? 10 : -10))]);
        var spread = pair.Latency.StandardDeviation.TotalMilliseconds;

        Assert.Equal((long)Math.Ceiling(Math.Pow(2.8015852 * spread / 1, 2)) - 50, pair.RunsNeeded(TimeSpan.FromMilliseconds(1)));
        Assert.Equal(0, pair.RunsNeeded(TimeSpan.FromMilliseconds(100)));
        Assert.True(pair.RunsNeeded(TimeSpan.FromMilliseconds(1), power: 0.95) > pair.RunsNeeded(TimeSpan.FromMilliseconds(1)));
        Assert.Null(Only(Given.Compared(ComparisonVerdict.Match)).RunsNeeded(TimeSpan.FromMilliseconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>("difference", () => pair.RunsNeeded(TimeSpan.Zero));
    }

    [Fact]
    public void How_many_more_runs_it_takes_to_see_a_higher_mismatch_rate()
    {
        var pair = Only([.. Enumerable.Range(0, 100).Select(number => Given.Compared(number == 0 ? ComparisonVerdict.Mismatch : ComparisonVerdict.Match))]);

        Assert.Equal(RequiredRuns.ForShares(0.01, 0.01, 0.8) - 100, pair.RunsNeededForMismatchRate(0.01));
        Assert.Null(Only(Given.Compared(ComparisonVerdict.Error)).RunsNeededForMismatchRate(0.01));
    }

    [Fact]
    public void Pairs_beyond_1024_count_together()
    {
        var statistics = Given.Statistics(Enumerable.Range(0, 1030).Select(number => Given.Compared(ComparisonVerdict.Match, "a", $"c{number}")));

        Assert.Equal((1025, 6), (statistics.Pairs.Count, statistics.Pair("(other)", "(other)")!.Match));
    }

    [Fact]
    public void The_first_ten_mismatches_and_the_newest_ten_are_kept_with_ten_differences_each()
    {
        var all = Enumerable.Range(0, 100).Select(_ => Given.Mismatch([.. Enumerable.Range(0, 12).Select(number => $"$.p{number}")])).ToArray();

        var pair = Only(all);

        Assert.Equal(all.Take(10).Select(one => one.BranchId), pair.FirstMismatches.Select(one => one.BranchId));
        Assert.Equal(all.Reverse().Take(10).Select(one => one.BranchId), pair.NewestMismatches.Select(one => one.BranchId));
        Assert.All(pair.FirstMismatches, one => Assert.Equal((10, 12), (one.Differences.Count, one.DifferenceCount)));
        Assert.Equal(100, pair.Mismatch);
    }

    [Fact]
    public void All_pairs_of_an_experiment_keep_200_mismatches_and_the_totals_stay_exact()
    {
        var statistics = Given.Statistics(
            from round in Enumerable.Range(0, 30) from number in Enumerable.Range(0, 50) select Given.Compared(ComparisonVerdict.Mismatch, "a", $"c{number}"));

        Assert.Equal(200, statistics.Pairs.Sum(pair => pair.FirstMismatches.Count + pair.NewestMismatches.Count));
        Assert.All(statistics.Pairs, pair => Assert.Equal(30, pair.Mismatch));
    }

    private static void ExpectNear(double expected, TimeSpan actual) => Assert.Equal(expected, actual.TotalMilliseconds, Math.Abs(expected) * 0.01);

    private static PairStatistics Only(params BranchCompared[] events) => Assert.Single(Given.Statistics(events).Pairs);
}
