using MathNet.Numerics.Distributions;

namespace Spearmint.Statistics;

public sealed class StudentQuantileTests
{
    // from any table of the distribution
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(2, 4.303)]
    [InlineData(10, 2.228)]
    [InlineData(30, 2.042)]
    [InlineData(120, 1.980)]
    public void A_published_value(double degrees, double expected) => Assert.Equal(expected, Math.Round(StudentQuantile.OfInterval(degrees), 3));

    [Fact]
    public void All_agree_with_an_independent_computation()
    {
        foreach (var degrees in (double[])[1, 1.37, 2.5, 3, 4.01, 7, 17.3, 99, 1234.5, 98_765, 999_999])
            Assert.Equal(StudentT.InvCDF(0, 1, degrees, 0.975), StudentQuantile.OfInterval(degrees), 1e-6);
    }

    [Fact]
    public void With_very_many_degrees_of_freedom_it_is_that_of_the_normal_distribution()
    {
        Assert.Equal(NormalQuantile.OfInterval, StudentQuantile.OfInterval(1e12));
        Assert.Equal(NormalQuantile.OfInterval, StudentQuantile.OfInterval(999_999), 1e-5);
    }
}
