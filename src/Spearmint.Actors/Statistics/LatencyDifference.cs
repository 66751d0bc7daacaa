namespace Spearmint.Statistics;

/// <summary>
/// How much longer the compared config took than its reference on the same runs, whatever the verdict on their outputs; negative where it was
/// faster. All zero where there are none.
/// </summary>
/// <param name="Count">How many pairs of branches.</param>
/// <param name="P5">In 5 % of the pairs the difference is not above this. Quantiles are within 1 % of the true one (Masson, Rim and Lee, 2019).</param>
/// <param name="Median">In half of them.</param>
/// <param name="P95">In 95 % of them.</param>
/// <param name="Mean">The exact mean.</param>
/// <param name="StandardDeviation">The spread of the differences (Welford, 1962); zero for fewer than two.</param>
/// <param name="StandardError">That of the mean; zero for fewer than two.</param>
/// <param name="MedianInterval">
/// Where the true median lies, with a confidence of at least 95 % and whatever the distribution, from order statistics (Conover, 1999; Hahn and
/// Meeker, 1991); null for fewer than 6 pairs. An interval that lies wholly above zero says: slower.
/// </param>
public sealed record LatencyDifference(
    long Count, TimeSpan P5, TimeSpan Median, TimeSpan P95, TimeSpan Mean, TimeSpan StandardDeviation, TimeSpan StandardError,
    TimeInterval? MedianInterval);
