namespace Spearmint.Statistics;

/// <summary>
/// What is known of one config of an experiment. Noise branches (<see cref="Domain.BranchRole.Noise"/>) are not in it: they would count the primary
/// twice.
/// </summary>
/// <param name="ConfigId">The id of the config.</param>
/// <param name="Success">Branches whose function returned.</param>
/// <param name="Failed">Branches whose function threw, or whose worker died.</param>
/// <param name="TimedOut">Branches that were ended by their deadline.</param>
/// <param name="Cancelled">Branches that were ended by the caller, a better answer or the shutdown: neither a success nor an error.</param>
/// <param name="Skipped">Branches that were planned and not run.</param>
/// <param name="Latency">How long the branches of <see cref="Count"/> took.</param>
/// <param name="Metrics">What the function reported of itself, by name, for as many as 64 names.</param>
/// <param name="MetricsLeftOut">Reported values whose name would have been one more than 64.</param>
public sealed record ConfigStatistics(
    string ConfigId, long Success, long Failed, long TimedOut, long Cancelled, long Skipped, LatencyStatistics Latency,
    IReadOnlyDictionary<string, MetricStatistics> Metrics, long MetricsLeftOut)
{
    /// <summary>Branches that ended by themselves or by their deadline: <see cref="Success"/>, <see cref="Failed"/> and <see cref="TimedOut"/>.</summary>
    public long Count => Success + Failed + TimedOut;

    /// <summary>The share of <see cref="Count"/> that failed or timed out.</summary>
    public Proportion ErrorRate => new(Failed + TimedOut, Count);

    /// <summary>
    /// How many more branches of this config it takes to see that another one's error rate is higher, tested two-sided at 5 %; 0 when there are
    /// enough, null before the first has ended. As many are needed of the other. (Fleiss, Levin and Paik, 2003, two proportions.)
    /// </summary>
    /// <param name="difference">How much higher, from 0 to 1: 0.01 is one point of a hundred. Lower, where there is no room above.</param>
    /// <param name="power">The probability to see such a difference where it is there, at least 0.5 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is out of its range.</exception>
    public long? RunsNeededForErrorRate(double difference, double power = 0.8) =>
        MissingRuns.Of(Count, least: 1, RequiredRuns.ForShares(ErrorRate.Rate, difference, power));
}
