using System.Globalization;
using Spearmint.Host.Api.Dto;
using Spearmint.Statistics;

namespace Spearmint.Host.Api.Comparing;

/// <summary>How a measure is called, and what is said of a difference in it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="More">What the other is where its figure is higher.</param>
/// <param name="Less">What it is where the figure is lower.</param>
/// <param name="Unit">What its numbers are of, with a space before it.</param>
/// <param name="Factor">What the figure is multiplied by to be said in that unit.</param>
internal sealed record Wording(string Name, string Kind, string More, string Less, string Unit, double Factor)
{
    public static Wording Duration { get; } = new("durationMs", "duration", "slower", "faster", " ms", 1);

    public static Wording ErrorRate { get; } = new("errorRate", "rate", "fails more often", "fails less often", " points of 100", 100);

    public static Wording Metric(string name) => new(name, "metric", "higher", "lower", "", 1);

    public MeasureDto Say(double? one, double? other, string method, long count, EstimatedDifference? difference, long ofOne, long ofOther) => new(
        Name, Kind, one, other, method, count, difference?.Value, difference?.Interval.Low, difference?.Interval.High, difference?.IsSeen ?? false,
        difference is null
            ? string.Create(CultureInfo.InvariantCulture, $"too few: {ofOne} and {ofOther} branches, and it takes {TwoConfigs.Least} of each to say")
            : Text(difference));

    private string Text(EstimatedDifference difference)
    {
        var (low, high) = (difference.Interval.Low * Factor, difference.Interval.High * Factor);
        if (!difference.IsSeen)
            return $"no difference seen ({Number(low)} to {Number(high)}{Unit})";

        // said as an amount, the nearer bound first
        return difference.Value > 0
            ? $"{More} by {Number(difference.Value * Factor)}{Unit} ({Number(low)} to {Number(high)})"
            : $"{Less} by {Number(-difference.Value * Factor)}{Unit} ({Number(-high)} to {Number(-low)})";
    }

    // three digits that count
    private static string Number(double value) => Math.Abs(value) >= 100
        ? value.ToString("0", CultureInfo.InvariantCulture)
        : double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).ToString("0.#########", CultureInfo.InvariantCulture);
}
