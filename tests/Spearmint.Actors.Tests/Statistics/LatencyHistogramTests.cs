using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Spearmint.Statistics;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Every_single_time_is_given_back_within_1_percent()
    {
        for (var ticks = 1L; ticks < 20_000; ticks++)
            ExpectBetweenNeighbours(ticks);
        for (var ticks = 20_000.0; ticks < long.MaxValue / 3.0; ticks *= 1.0013)
            ExpectBetweenNeighbours((long)ticks);
    }

    [Theory]
    [InlineData(0.2, 0.5)]
    [InlineData(3, 1)]
    [InlineData(14, 2)]
    public void Quantiles_agree_with_an_independent_computation_within_1_percent(double logOfMedian, double logOfSpread)
    {
        var times = new double[50_000];
        LogNormal.Samples(new System.Random(3), times, logOfMedian, logOfSpread);
        var ticks = times.Select(time => Math.Round(time * 10)).ToArray();
        var histogram = Of(ticks.Select(tick => (long)tick));

        Array.Sort(ticks);
        foreach (var share in (double[])[0.001, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1])
        {
            var expected = SortedArrayStatistics.QuantileCustom(ticks, share, QuantileDefinition.R1);
            Assert.InRange(histogram.Quantile(share).Ticks, expected * 0.99, expected * 1.01);
        }
    }

    [Fact]
    public void A_quantile_of_whatever_was_added_is_within_1_percent_of_that_value() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Select(ticks => (long)ticks).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary(),
        Gen.Choose(0, 1000).Select(share => share / 1000.0).ToArbitrary(),
        (ticks, share) =>
        {
            var expected = ticks.Order().ElementAt((int)Math.Max(1, Math.Ceiling(share * ticks.Length)) - 1);
            return Math.Abs(Of(ticks).Quantile(share).Ticks - expected) <= expected * 0.01;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_all_the_same_is_given_back_as_it_is() =>
        Assert.Equal(TimeSpan.FromMilliseconds(10), Of(Enumerable.Repeat(100_000L, 7)).Quantile(0.5));

    [Fact]
    public void Zero_and_less_count_as_zero()
    {
        var histogram = Of([0, -5, 0, 100]);

        Assert.Equal((TimeSpan.Zero, new TimeSpan(100)), (histogram.Quantile(0.75), histogram.Quantile(0.76)));
        Assert.Equal(4, histogram.Count);
    }

    [Fact]
    public void Nothing_has_quantiles_of_zero()
    {
        var histogram = new LatencyHistogram();

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, 0L), (histogram.Quantile(0.99), histogram.Max, histogram.Count));
    }

    [Fact]
    public void The_longest_of_all_times_fits()
    {
        var histogram = Of([1, long.MaxValue]);

        Assert.Equal(TimeSpan.MaxValue, histogram.Max);
        Assert.InRange(histogram.Quantile(1).Ticks, long.MaxValue * 0.99, long.MaxValue);
    }

    [Fact]
    public void Two_that_are_merged_count_like_one_that_has_seen_all()
    {
        var random = new System.Random(5);
        var ticks = Enumerable.Range(0, 2000).Select(_ => random.NextInt64(0, 50_000_000)).Prepend(0).Append(0).ToArray();
        var merged = Of(ticks.Take(700));
        merged.Merge(Of(ticks.Skip(700)));
        merged.Merge(new LatencyHistogram());
        var whole = Of(ticks);

        Assert.Equal((whole.Count, whole.Max), (merged.Count, merged.Max));
        Assert.All(Enumerable.Range(1, ticks.Length), rank => Assert.Equal(whole.ValueAt(rank), merged.ValueAt(rank)));
    }

    [Fact]
    public void What_is_written_and_merged_again_counts_like_the_first()
    {
        var random = new System.Random(6);
        var ticks = Enumerable.Range(0, 2000).Select(_ => (long)Math.Exp(random.NextDouble() * 43)).Concat([0, 0, 1, long.MaxValue]).ToArray();
        var whole = Of(ticks);
        var read = new LatencyHistogram();
        read.Merge(Of(ticks[..500]).ToBytes());
        read.Merge(new LatencyHistogram().ToBytes());
        read.Merge(Of(ticks[500..]).ToBytes());

        Assert.Equal((whole.Count, whole.Max), (read.Count, read.Max));
        Assert.All(Enumerable.Range(1, ticks.Length), rank => Assert.Equal(whole.ValueAt(rank), read.ValueAt(rank)));
        Assert.Equal(whole.ToBytes(), read.ToBytes());
    }

    [Fact]
    public void A_histogram_of_like_times_is_written_in_few_bytes() =>
        Assert.InRange(Of(Enumerable.Range(0, 10_000).Select(number => 50_000L + number)).ToBytes().Length, 1, 100);

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 2, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 5 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 255, 255, 3, 1 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 1 })]
    public void What_is_no_histogram_is_refused(byte[] written) =>
        Assert.Throws<FormatException>(() => new LatencyHistogram().Merge(written));

    [Fact]
    public void Differences_keep_their_sign_and_their_order()
    {
        var random = new System.Random(9);
        var ticks = Enumerable.Range(0, 5000).Select(_ => random.NextInt64(-40_000, 60_000)).Append(0).ToArray();
        var histogram = new DifferenceHistogram();
        foreach (var tick in ticks)
            histogram.Add(new TimeSpan(tick));

        Array.Sort(ticks);
        foreach (var share in (double[])[0, 0.05, 0.3, 0.4, 0.5, 0.95, 1])
        {
            var expected = SortedArrayStatistics.QuantileCustom([.. ticks.Select(tick => (double)tick)], share, QuantileDefinition.R1);
            Assert.Equal(expected, histogram.Quantile(share).Ticks, Math.Abs(expected) * 0.01);
        }

        Assert.Equal(ticks.Length, histogram.Count);
    }

    [Fact]
    public void Every_difference_has_its_place()
    {
        var histogram = new DifferenceHistogram();
        foreach (var ticks in (long[])[2, -3, 0, -90, 50])
            histogram.Add(new TimeSpan(ticks));

        Assert.Equal([-90, -3, 0, 2, 50], Enumerable.Range(1, 5).Select(rank => histogram.ValueAt(rank).Ticks));
    }

    // an outer pair keeps the value from being given back by its bounds
    private static void ExpectBetweenNeighbours(long ticks)
    {
        var middle = Of([1, ticks, long.MaxValue]).ValueAt(2).Ticks;
        Assert.True(Math.Abs(middle - ticks) <= ticks * 0.01, $"{middle} for {ticks}");
        if (ticks < 100)
            Assert.Equal(ticks, middle);
    }

    private static LatencyHistogram Of(IEnumerable<long> ticks)
    {
        var histogram = new LatencyHistogram();
        foreach (var tick in ticks)
            histogram.Add(new TimeSpan(tick));
        return histogram;
    }
}
