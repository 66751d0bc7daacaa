using Spearmint.Domain;

namespace Spearmint.Statistics;

/// <summary>What is known of two configs that were compared on the same runs.</summary>
/// <param name="ReferenceConfigId">The id of the config that the other is measured by.</param>
/// <param name="ConfigId">The id of the compared config.</param>
/// <param name="Match">Pairs that are equal.</param>
/// <param name="Mismatch">Pairs that differ.</param>
/// <param name="Ignored">Pairs that differ in nothing but what a rule ignores.</param>
/// <param name="Errors">Pairs that could not be compared.</param>
/// <param name="Latency">How much longer the compared config took.</param>
/// <param name="Paths">
/// Where the pairs differ: what is real first, then by how often. There are at most 1000 for each pair of configs and 10 000 for each experiment; all
/// others are one, under the path <c>(other)</c>.
/// </param>
/// <param name="FirstMismatches">The first ten mismatches, the first one first. A sample keeps ten of its differences.</param>
/// <param name="NewestMismatches">The newest ten mismatches beyond those, the newest first. An experiment keeps 200 in all.</param>
public sealed record PairStatistics(
    string ReferenceConfigId, string ConfigId, long Match, long Mismatch, long Ignored, long Errors, LatencyDifference Latency,
    IReadOnlyList<PathStatistics> Paths, IReadOnlyList<Comparison> FirstMismatches, IReadOnlyList<Comparison> NewestMismatches)
{
    /// <summary>Pairs with a verdict on their outputs: <see cref="Match"/>, <see cref="Mismatch"/> and <see cref="Ignored"/>.</summary>
    public long Compared => Match + Mismatch + Ignored;

    /// <summary>The share of <see cref="Compared"/> that differs, by chance or really: <see cref="Paths"/> tells the two apart.</summary>
    public Proportion MismatchRate => new(Mismatch, Compared);

    /// <summary>
    /// How many more compared runs it takes to see a mean difference in time, tested two-sided at 5 % on pairs that spread as those so far; 0
    /// when there are enough, null for fewer than two. (Paired values by the normal approximation: Chow, Shao and Wang, 2008.)
    /// </summary>
    /// <param name="difference">The mean difference, above zero.</param>
    /// <param name="power">The probability to see such a difference where it is there, at least 0.5 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is out of its range.</exception>
    public long? RunsNeeded(TimeSpan difference, double power = 0.8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(difference, TimeSpan.Zero);
        return MissingRuns.Of(Latency.Count, least: 2, RequiredRuns.ForMean(Latency.StandardDeviation.Ticks, difference.Ticks, power));
    }

    /// <summary>
    /// How many more compared runs it takes to see that a mismatch rate is higher than this one, tested two-sided at 5 %; 0 when there are enough,
    /// null before the first. As many are needed of the other. (Fleiss, Levin and Paik, 2003, two proportions.)
    /// </summary>
    /// <param name="difference">How much higher, from 0 to 1: 0.01 is one point of a hundred. Lower, where there is no room above.</param>
    /// <param name="power">The probability to see such a difference where it is there, at least 0.5 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is out of its range.</exception>
    public long? RunsNeededForMismatchRate(double difference, double power = 0.8) =>
        MissingRuns.Of(Compared, least: 1, RequiredRuns.ForShares(MismatchRate.Rate, difference, power));
}
