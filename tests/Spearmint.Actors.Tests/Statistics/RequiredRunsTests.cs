using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Spearmint.Statistics;

public sealed class RequiredRunsTests
{
    // (1.95996 + 0.84162)^2 = 7.8489 for a difference of one standard deviation
    [Theory]
    [InlineData(1, 1, 0.8, 8)]
    [InlineData(1, 0.5, 0.8, 32)]
    [InlineData(10, 1, 0.8, 785)]
    [InlineData(10, 1, 0.9, 1051)]
    [InlineData(0, 1, 0.8, 0)]
    public void A_known_number_of_pairs(double spread, double difference, double power, long expected) =>
        Assert.Equal(expected, RequiredRuns.ForMean(spread, difference, power));

    // the first is the example of R's power.prop.test (76.7); the second is Fleiss's, before his continuity correction
    [Theory]
    [InlineData(0.5, 0.25, 0.9, 77)]
    [InlineData(0.6, 0.1, 0.8, 356)]
    public void A_published_number_for_two_shares(double share, double difference, double power, long expected) =>
        Assert.Equal(expected, RequiredRuns.ForShares(share, difference, power));

    [Fact]
    public void Numbers_agree_with_an_independent_computation()
    {
        foreach (var power in (double[])[0.5, 0.8, 0.95])
        {
            var (alpha, beta) = (Normal.InvCDF(0, 1, 0.975), Normal.InvCDF(0, 1, power));
            Assert.Equal(Math.Ceiling(Math.Pow((alpha + beta) * 3.7 / 0.11, 2)), RequiredRuns.ForMean(3.7, 0.11, power));
            var (p, q) = (0.03, 0.05);
            var root = (alpha * Math.Sqrt(0.08 * 0.96)) + (beta * Math.Sqrt((p * (1 - p)) + (q * (1 - q))));
            Assert.Equal(Math.Ceiling(Math.Pow(root / 0.02, 2)), RequiredRuns.ForShares(p, 0.02, power));
        }
    }

    [Fact]
    public void As_many_pairs_see_the_difference_in_80_of_100_experiments()
    {
        const double Difference = 0.3;
        var random = new Random(20261122);
        var pairs = RequiredRuns.ForMean(1, Difference, 0.8);
        var seen = Enumerable.Range(0, 2000).Count(_ =>
        {
            var moments = new Moments();
            for (var pair = 0; pair < pairs; pair++)
                moments.Add(Normal.Sample(random, Difference, 1));
            return Math.Abs(moments.Mean / moments.StandardError) > 1.96;
        });

        Assert.InRange(seen / 2000.0, 0.77, 0.83);
    }

    [Fact]
    public void As_many_runs_of_each_see_the_difference_of_shares_in_80_of_100_experiments()
    {
        var random = new Random(20261122);
        var runs = (int)RequiredRuns.ForShares(0.1, 0.1, 0.8);
        var seen = Enumerable.Range(0, 2000).Count(_ =>
        {
            var (one, other) = (Binomial.Sample(random, 0.1, runs) / (double)runs, Binomial.Sample(random, 0.2, runs) / (double)runs);
            var mean = (one + other) / 2;
            return Math.Abs(one - other) / Math.Sqrt(2 * mean * (1 - mean) / runs) > 1.96;
        });

        Assert.InRange(seen / 2000.0, 0.77, 0.83);
    }

    [Fact]
    public void Where_there_is_no_room_above_the_other_share_is_below()
    {
        Assert.Equal(RequiredRuns.ForShares(0.1, 0.2, 0.8), RequiredRuns.ForShares(0.9, 0.2, 0.8));
        Assert.Equal(RequiredRuns.ForShares(0.5, 0.5, 0.8), RequiredRuns.ForShares(0.5, 0.9, 0.8));
    }

    [Fact]
    public void A_difference_too_small_to_count_runs_for_takes_the_highest_number() =>
        Assert.Equal(long.MaxValue, RequiredRuns.ForMean(1e12, 1, 1 - 1e-15));

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_difference_of_shares_out_of_range_is_refused(double difference) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(difference), () => RequiredRuns.ForShares(0.1, difference, 0.8));

    [Theory]
    [InlineData(0.49)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_power_out_of_range_is_refused(double power)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(power), () => RequiredRuns.ForShares(0.1, 0.1, power));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(power), () => RequiredRuns.ForMean(1, 1, power));
    }
}
