using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Spearmint.Comparing;

public sealed class ToleranceTests
{
    [Theory]
    [InlineData("1.00", "1.01", 0.01, 0, true)]
    [InlineData("1.00", "1.0100000000000000001", 0.01, 0, false)]
    [InlineData("100", "101", 0, 0.01, true)]
    [InlineData("100", "102", 0, 0.01, false)]
    [InlineData("-100", "100", 0, 2, true)]
    [InlineData("0", "1e-30", 0, 0.5, false)]
    [InlineData("1e-30", "2e-30", 0, 0.5, true)]
    [InlineData("9007199254740993", "9007199254740995", 2, 0, true)]
    [InlineData("9007199254740993", "9007199254740995", 1, 0, false)]
    [InlineData("1e300", "1.0000001e300", 0, 1e-6, true)]
    [InlineData("1e300", "-1e300", 1e308, 0, true)]
    [InlineData("1e5000", "2e5000", 0, 1, false)]
    [InlineData("1e5000", "10e4999", 0, 1, true)]
    public void Two_numbers_are_close_when_they_are_no_farther_apart_than_either_tolerance(
        string left, string right, double absolute, double relative, bool close)
    {
        Assert.Equal(close, new Tolerance(absolute, relative).Covers(left, right));
        Assert.Equal(close, new Tolerance(absolute, relative).Covers(right, left));
    }

    // decimals with few digits, so that a double is exact enough to tell
    [Fact]
    public void The_measure_is_that_of_PEP_485() =>
        Prop.ForAll(ArbMap.Default.ArbFor<short>(), ArbMap.Default.ArbFor<short>(), Gen.Choose(0, 300).Two().ToArbitrary(), (a, b, tolerances) =>
        {
            var (x, y) = (a / 100m, b / 100m);
            var (absolute, relative) = (tolerances.Item1 / 10m, tolerances.Item2 / 100m);
            var close = Math.Abs(x - y) <= Math.Max(absolute, relative * Math.Max(Math.Abs(x), Math.Abs(y)));
            return close == new Tolerance((double)absolute, (double)relative).Covers(Text(x), Text(y));
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Without_a_tolerance_the_values_must_be_equal()
    {
        Assert.True(Tolerance.None.Covers("1", "1.0"));
        Assert.False(Tolerance.None.Covers("1", "1.0000000000000000000000000000001"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_tolerance_is_finite_and_not_negative(double wrong)
    {
        var rules = ComparisonRules.For<int, double>();

        Assert.Contains("finite", Assert.Throws<ArgumentOutOfRangeException>("absolute", () => rules.CompareWithin(wrong)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("relative", () => rules.CompareWithin(0, wrong));
    }

    private static string Text(decimal value) => JsonSerializer.Serialize(value).ToString(CultureInfo.InvariantCulture);
}
