namespace Spearmint.Statistics;

/// <summary>How long branches took: those that succeeded, failed or timed out, the latter with their deadline. All zero where there are none.</summary>
/// <param name="P50">Half of them took no longer. Quantiles are within 1 % of the true one (DDSketch: Masson, Rim and Lee, 2019).</param>
/// <param name="P95">95 % took no longer.</param>
/// <param name="P99">99 % took no longer.</param>
/// <param name="Mean">The exact mean.</param>
/// <param name="Max">The exact longest.</param>
public sealed record LatencyStatistics(TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Mean, TimeSpan Max);
