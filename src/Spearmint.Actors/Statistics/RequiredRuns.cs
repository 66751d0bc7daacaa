namespace Spearmint.Statistics;

/// <summary>How many runs it takes to see a difference, tested two-sided at 5 %.</summary>
internal static class RequiredRuns
{
    /// <summary>
    /// Of paired values, by the normal approximation: n = ((z(alpha/2) + z(beta)) sd / difference)^2, as in S.-C. Chow, J. Shao and H. Wang, "Sample
    /// Size Calculations in Clinical Research" (2008), 3.1.
    /// </summary>
    /// <param name="standardDeviation">The spread of the paired differences.</param>
    /// <param name="difference">The mean difference to see, in the same unit, above zero.</param>
    /// <param name="power">The probability to see it where it is there.</param>
    public static long ForMean(double standardDeviation, double difference, double power) =>
        Whole(Squared((NormalQuantile.OfInterval + NormalQuantile.Of(Checked(power))) * standardDeviation / difference));

    /// <summary>
    /// Of two shares, for each of the two: J. L. Fleiss, B. Levin and M. C. Paik, "Statistical Methods for Rates and Proportions" (2003), 4.2,
    /// without continuity correction.
    /// </summary>
    /// <param name="share">The one share.</param>
    /// <param name="difference">How far above the other is, above 0 and at most 1; below, where there is no room above.</param>
    /// <param name="power">The probability to see it where it is there.</param>
    public static long ForShares(double share, double difference, double power)
    {
        if (difference is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(difference), difference, "A difference of shares is above 0 and at most 1.");

        var other = share + difference <= 1 ? share + difference : Math.Max(0, share - difference);
        var mean = (share + other) / 2;
        var noDifference = Math.Sqrt(2 * mean * (1 - mean));
        var thisDifference = Math.Sqrt((share * (1 - share)) + (other * (1 - other)));
        return Whole(Squared(
            ((NormalQuantile.OfInterval * noDifference) + (NormalQuantile.Of(Checked(power)) * thisDifference)) / (other - share)));
    }

    private static double Checked(double power) => power is >= 0.5 and < 1
        ? power
        : throw new ArgumentOutOfRangeException(nameof(power), power, "The power is at least 0.5 and below 1.");

    private static double Squared(double value) => value * value;

    // what no long holds becomes the highest
    private static long Whole(double runs) => runs >= long.MaxValue ? long.MaxValue : (long)Math.Ceiling(runs);
}
