namespace Spearmint.Statistics;

public sealed class NoiseRuleTests
{
    [Theory]
    [InlineData(0.01, 0, true)]
    [InlineData(0.0003, 0, false)]
    [InlineData(0.00031, 0, true)]
    [InlineData(0, 0, false)]
    [InlineData(0.5, 0.5, false)]
    [InlineData(0.3, 0.5, false)]
    [InlineData(0.6, 0.4, false)]
    [InlineData(0.61, 0.4, true)]
    [InlineData(0.0006, 0.00035, false)]
    public void The_published_rule(double rate, double noise, bool isReal) => Assert.Equal(isReal, NoiseRule.Default.IsReal(rate, noise));

    [Fact]
    public void Both_thresholds_can_be_moved()
    {
        Assert.True(new NoiseRule(MinRelative: 0).IsReal(0.51, 0.5));
        Assert.False(new NoiseRule(MinAbsolute: 0.02).IsReal(0.01, 0));
        Assert.True((NoiseRule.Default with { MinAbsolute = 0 }).IsReal(0.0001, 0));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(20)]
    [InlineData(double.NaN)]
    public void A_threshold_that_is_no_share_is_refused(double threshold)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(NoiseRule.MinRelative), () => new NoiseRule(MinRelative: threshold));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(NoiseRule.MinAbsolute), () => new NoiseRule(MinAbsolute: threshold));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(NoiseRule.MinAbsolute), () => NoiseRule.Default with { MinAbsolute = threshold });
    }
}
