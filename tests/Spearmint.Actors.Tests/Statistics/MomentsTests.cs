using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Spearmint.Statistics;

public sealed class MomentsTests
{
    // around a million, where the sum of squares would lose what the method keeps
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e6, 0.001)]
    [InlineData(-5, 1e5)]
    public void Mean_and_spread_agree_with_an_independent_computation(double mean, double spread)
    {
        var values = new double[10_000];
        Normal.Samples(new Random(7), values, mean, spread);
        var moments = Of(values);

        Assert.Equal(values.Mean(), moments.Mean, spread * 1e-6);
        Assert.Equal(values.StandardDeviation(), moments.StandardDeviation, spread * 1e-6);
        Assert.Equal(values.StandardDeviation() / 100, moments.StandardError, spread * 1e-6);
        Assert.Equal((values.Length, values.Min(), values.Max()), (moments.Count, moments.Min, moments.Max));
    }

    [Fact]
    public void A_known_example()
    {
        var moments = Of(2, 4, 4, 4, 5, 5, 7, 9);

        Assert.Equal(5, moments.Mean);
        Assert.Equal(Math.Sqrt(32 / 7.0), moments.StandardDeviation, 1e-15);
        Assert.Equal(Math.Sqrt(32 / 7.0 / 8), moments.StandardError, 1e-15);
    }

    [Fact]
    public void One_value_has_no_spread()
    {
        var moments = Of(3);

        Assert.Equal((3, 0, 0), (moments.Mean, moments.StandardDeviation, moments.StandardError));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e6, 0.001)]
    public void Those_that_are_merged_are_those_of_all_values(double mean, double spread)
    {
        var values = new double[3000];
        Normal.Samples(new Random(11), values, mean, spread);
        var merged = Of(values[..1]);
        merged.Merge(Of(values[1..2000]));
        merged.Merge(new Moments());
        var rest = Of(values[2000..]);
        merged.Merge(new Moments(rest.Count, rest.Mean, rest.SquaredDeviations, rest.Min, rest.Max));
        var whole = Of(values);

        Assert.Equal((whole.Count, whole.Min, whole.Max), (merged.Count, merged.Min, merged.Max));
        Assert.Equal(whole.Mean, merged.Mean, spread * 1e-6);
        Assert.Equal(whole.StandardDeviation, merged.StandardDeviation, spread * 1e-6);
    }

    [Fact]
    public void None_that_a_store_has_kept_are_none()
    {
        var none = new Moments(0, 5, 5, 5, 5);

        Assert.Equal((0, 0, double.PositiveInfinity), (none.Mean, none.SquaredDeviations, none.Min));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Moments(-1, 0, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Moments(1, 0, -1, 0, 0));
    }

    [Fact]
    public void Of_values_as_far_apart_as_can_be_all_numbers_are_finite()
    {
        const double Most = double.MaxValue;
        double[][] samples = [[3, Most], [Most, -Most, 3], [-Most, Most, Most, -Most], [Most, Most]];
        foreach (var values in samples)
        {
            var merged = new Moments();
            merged.Merge(Of(values[..1]));
            merged.Merge(Of(values[1..]));

            foreach (var moments in new[] { Of(values), merged })
            {
                Assert.True(double.IsFinite(moments.SquaredDeviations) && double.IsFinite(moments.StandardDeviation) && double.IsFinite(moments.StandardError));
                Assert.InRange(moments.Mean, moments.Min, moments.Max);
                Assert.Equal(values.Sum(value => value / values.Length) / Most, moments.Mean / Most, 1e-9);
            }
        }
    }

    private static Moments Of(params double[] values)
    {
        var moments = new Moments();
        foreach (var value in values)
            moments.Add(value);
        return moments;
    }
}
