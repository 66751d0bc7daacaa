namespace Spearmint.Statistics;

/// <summary>What functions reported under one name, by whatever status their branches ended.</summary>
/// <param name="Count">How many branches reported it.</param>
/// <param name="Mean">The mean. It and the standard error are of Welford's method (1962).</param>
/// <param name="StandardError">The standard error of the mean; 0 for fewer than two values.</param>
/// <param name="Min">The lowest.</param>
/// <param name="Max">The highest.</param>
public sealed record MetricStatistics(long Count, double Mean, double StandardError, double Min, double Max);
