using MathNet.Numerics.Distributions;

namespace Spearmint.Statistics;

public sealed class EstimatedDifferenceTests
{
    // R. G. Newcombe, Statistics in Medicine 17 (1998), "Interval Estimation for the Difference between Independent Proportions", table II, method 10
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void A_published_difference_of_two_shares(long count, long of, long countOfOne, long ofOne, double low, double high)
    {
        var difference = EstimatedDifference.OfProportions(new Proportion(countOfOne, ofOne), new Proportion(count, of))!;

        Assert.Equal((low, high), (Math.Round(difference.Interval.Low, 4), Math.Round(difference.Interval.High, 4)));
    }

    // the sleep data of Student, "The Probable Error of a Mean", Biometrika 6 (1908), as every manual has it: Welch -3.3654832 to 0.2054832 with 17.776 degrees
    // of freedom, in pairs -2.4598858 to -0.7001142
    [Fact]
    public void Two_means_that_are_in_every_manual()
    {
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        double[] second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

        var apart = EstimatedDifference.OfMeans(Of(second), Of(first))!;
        var inPairs = EstimatedDifference.OfPairs(Of(first.Zip(second, (one, other) => one - other)))!;

        Assert.Equal((-3.3654832, 0.2054832), (Math.Round(apart.Interval.Low, 7), Math.Round(apart.Interval.High, 7)));
        Assert.False(apart.IsSeen);
        Assert.Equal((-2.4598858, -0.7001142), (Math.Round(inPairs.Interval.Low, 7), Math.Round(inPairs.Interval.High, 7)));
        Assert.True(inPairs.IsSeen);
        Assert.Equal(-1.58, apart.Value, 1e-12);
        Assert.Equal(-1.58, inPairs.Value, 1e-12);
    }

    [Theory]
    [InlineData(5, 60, 1, 12)]
    [InlineData(200, 30, 3, 3)]
    public void The_interval_of_two_means_covers_the_true_difference_in_95_of_100_samples(int count, int countOfOther, double spread, double spreadOfOther)
    {
        var random = new Random(20261122);
        var covered = Enumerable.Range(0, 2000).Count(_ =>
        {
            var one = Of(Normal.Samples(random, 10, spread).Take(count));
            var other = Of(Normal.Samples(random, 13, spreadOfOther).Take(countOfOther));
            return EstimatedDifference.OfMeans(one, other)!.Interval is var (low, high) && low <= 3 && high >= 3;
        });

        Assert.InRange(covered / 2000.0, 0.935, 0.965);
    }

    [Theory]
    [InlineData(0.1, 0.5, 200)]
    [InlineData(0.02, 0.0, 500)]
    [InlineData(0.3, 0.9, 400)]
    public void The_interval_of_paired_shares_covers_the_true_difference_in_95_of_100_samples(double share, double alike, int pairs)
    {
        var random = new Random(20261122);
        var covered = Enumerable.Range(0, 2000).Count(_ =>
        {
            var cells = new long[4];
            for (var pair = 0; pair < pairs; pair++)
            {
                var one = random.NextDouble() < share;
                var other = random.NextDouble() < alike ? one : random.NextDouble() < share;
                cells[(one ? 2 : 0) + (other ? 1 : 0)]++;
            }

            return EstimatedDifference.OfPairedProportions(cells[3], cells[2], cells[1], cells[0])!.Interval is var (low, high) && low <= 0 && high >= 0;
        });

        Assert.InRange(covered / 2000.0, 0.93, 0.99);
    }

    [Fact]
    public void Pairs_that_go_together_say_more_than_the_same_shares_apart()
    {
        var inPairs = EstimatedDifference.OfPairedProportions(both: 40, onlyOne: 2, onlyOther: 12, neither: 146)!;
        var apart = EstimatedDifference.OfProportions(new Proportion(42, 200), new Proportion(52, 200))!;

        Assert.Equal(apart.Value, inPairs.Value, 1e-12);
        Assert.True(inPairs.IsSeen);
        Assert.False(apart.IsSeen);
    }

    [Fact]
    public void The_two_the_other_way_round_are_the_mirror_image()
    {
        var there = EstimatedDifference.OfPairedProportions(5, 3, 11, 81)!;
        var back = EstimatedDifference.OfPairedProportions(5, 11, 3, 81)!;

        Assert.Equal(-there.Value, back.Value, 1e-12);
        Assert.Equal(-there.Interval.Low, back.Interval.High, 1e-12);
    }

    [Fact]
    public void Too_little_is_nothing()
    {
        Assert.Null(EstimatedDifference.OfMeans(Of([1]), Of([1, 2])));
        Assert.Null(EstimatedDifference.OfPairs(Of([1])));
        Assert.Null(EstimatedDifference.OfProportions(new Proportion(0, 0), new Proportion(1, 2)));
        Assert.Null(EstimatedDifference.OfPairedProportions(0, 0, 0, 0));
    }

    [Fact]
    public void Values_without_spread_have_an_interval_without_width()
    {
        var difference = EstimatedDifference.OfMeans(Of([1, 1]), Of([4, 4]))!;

        Assert.Equal((3, new Interval(3, 3)), (difference.Value, difference.Interval));
    }

    private static Moments Of(IEnumerable<double> values)
    {
        var moments = new Moments();
        foreach (var value in values)
            moments.Add(value);
        return moments;
    }
}
