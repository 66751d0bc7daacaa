using MathNet.Numerics.Distributions;

namespace Spearmint.Statistics;

public sealed class RanksTests
{
    // as tables of the sign test have it
    [Theory]
    [InlineData(6, 1, 6)]
    [InlineData(10, 2, 9)]
    [InlineData(15, 4, 12)]
    [InlineData(20, 6, 15)]
    [InlineData(30, 10, 21)]
    [InlineData(100, 40, 61)]
    public void A_published_pair_of_places(long count, long low, long high) => Assert.Equal((low, high), Ranks.AroundMedian(count));

    [Fact]
    public void Fewer_than_6_values_cannot_tell() => Assert.All(Enumerable.Range(0, 6), count => Assert.Null(Ranks.AroundMedian(count)));

    [Fact]
    public void The_places_are_the_narrowest_that_an_independent_computation_allows()
    {
        for (var count = 6; count <= 1000; count++)
        {
            var (low, high) = Ranks.AroundMedian(count)!.Value;
            Assert.Equal(count + 1, low + high);
            Assert.True(Binomial.CDF(0.5, count, low - 1) <= 0.025, $"{count}: too narrow");
            Assert.True(Binomial.CDF(0.5, count, low) > 0.025, $"{count}: too wide");
        }
    }

    [Fact]
    public void Above_a_thousand_values_they_still_are()
    {
        foreach (var count in (int[])[1001, 1002, 1500, 4999, 10_000, 99_999, 1_000_000])
        {
            var (low, _) = Ranks.AroundMedian(count)!.Value;
            Assert.True(Binomial.CDF(0.5, count, low - 1) <= 0.02501, $"{count}: too narrow");
            Assert.True(Binomial.CDF(0.5, count, low) > 0.02499, $"{count}: too wide");
        }
    }

    [Theory]
    [InlineData(25)]
    [InlineData(400)]
    [InlineData(1600)]
    public void The_interval_covers_the_true_median_in_95_of_100_samples(int size)
    {
        var random = new Random(20261122);
        var (low, high) = Ranks.AroundMedian(size)!.Value;
        var covered = Enumerable.Range(0, 2000).Count(_ =>
        {
            var histogram = new DifferenceHistogram();
            for (var number = 0; number < size; number++)
                histogram.Add(new TimeSpan((long)(1e6 * (-Math.Log(random.NextDouble()) - 0.3))));
            var median = 1e6 * (Math.Log(2) - 0.3);
            return histogram.ValueAt(low).Ticks <= median * 1.01 && median * 0.99 <= histogram.ValueAt(high).Ticks;
        });

        Assert.InRange(covered / 2000.0, 0.935, 0.985);
    }

    [Theory]
    [InlineData(0.5, 1, 1)]
    [InlineData(0.5, 2, 1)]
    [InlineData(0.5, 3, 2)]
    [InlineData(0.95, 20, 19)]
    [InlineData(0.99, 100, 99)]
    [InlineData(0, 5, 1)]
    [InlineData(1, 5, 5)]
    public void The_place_of_a_quantile(double share, long count, long rank) => Assert.Equal(rank, Ranks.Of(share, count));
}
