using MathNet.Numerics.Distributions;

namespace Spearmint.Statistics;

public sealed class ProportionTests
{
    // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void A_published_example(long count, long of, double low, double high)
    {
        var interval = new Proportion(count, of).Interval;

        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    [Fact]
    public void The_bounds_are_the_shares_that_a_score_test_just_does_not_reject()
    {
        var z = Normal.InvCDF(0, 1, 0.975);
        foreach (var of in (int[])[1, 2, 7, 50, 1000, 1_000_000])
        {
            for (var count = 0; count <= of; count += Math.Max(1, of / 13))
            {
                var (rate, interval) = ((double)count / of, new Proportion(count, of).Interval);
                foreach (var bound in (double[])[interval.Low, interval.High])
                    Assert.Equal(z * Math.Sqrt(bound * (1 - bound) / of), Math.Abs(rate - bound), 1e-9);
                Assert.InRange(rate, interval.Low, interval.High);
            }
        }
    }

    [Fact]
    public void Nothing_seen_is_nothing_known()
    {
        Assert.Equal(0, new Proportion(0, 0).Rate);
        Assert.Equal(new Interval(0, 1), new Proportion(0, 0).Interval);
    }

    [Fact]
    public void Nothing_happened_is_a_share_that_may_be_zero_and_always_is_one_that_may_be_one()
    {
        Assert.Equal(0, new Proportion(0, 1000).Interval.Low);
        Assert.Equal(1, new Proportion(1000, 1000).Interval.High);
    }

    [Theory]
    [InlineData(0.02, 400)]
    [InlineData(0.1, 100)]
    [InlineData(0.5, 30)]
    public void The_interval_covers_the_true_share_in_95_of_100_samples(double share, int of)
    {
        var random = new Random(20261122);
        var covered = Enumerable.Range(0, 2000).Count(_ =>
        {
            var count = Enumerable.Range(0, of).Count(_ => random.NextDouble() < share);
            var interval = new Proportion(count, of).Interval;
            return interval.Low <= share && share <= interval.High;
        });

        Assert.InRange(covered / 2000.0, 0.93, 0.975);
    }
}
