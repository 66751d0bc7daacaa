using MathNet.Numerics.Distributions;

namespace Spearmint.Statistics;

public sealed class NormalQuantileTests
{
    // the first three are the check values of the paper
    [Theory]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.001, -3.090232306167814)]
    [InlineData(1e-20, -9.262340089798408)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.8, 0.8416212335729143)]
    [InlineData(0.5, 0)]
    public void A_published_value(double probability, double expected) =>
        Assert.Equal(expected, NormalQuantile.Of(probability), 1e-14 * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void All_agree_with_an_independent_computation()
    {
        for (var step = 1; step < 100_000; step++)
        {
            var probability = step / 100_000.0;
            Assert.Equal(Normal.InvCDF(0, 1, probability), NormalQuantile.Of(probability), 1e-9);
        }
    }

    [Fact]
    public void The_far_tails_mirror_each_other_and_invert_the_distribution()
    {
        foreach (var probability in (double[])[1e-5, 1e-8, 1e-11, 1e-14])
        {
            Assert.Equal(probability, Normal.CDF(0, 1, NormalQuantile.Of(probability)), probability * 1e-9);
            Assert.Equal(-NormalQuantile.Of(probability), NormalQuantile.Of(1 - probability), 1e-2);
        }
    }
}
