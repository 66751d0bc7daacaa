namespace Spearmint.Statistics;

/// <summary>How far two figures are apart, and where the true difference lies with a confidence of 95 %.</summary>
/// <param name="Value">The other figure less the one.</param>
/// <param name="Interval">Where the true difference lies.</param>
public sealed record EstimatedDifference(double Value, Interval Interval)
{
    /// <summary>Whether zero is outside of the interval, so that there is a difference.</summary>
    public bool IsSeen => Interval.Low > 0 || Interval.High < 0;

    /// <summary>
    /// Of two means of values that were seen apart from each other: B. L. Welch, "The Generalization of 'Student's' Problem when Several
    /// Different Population Variances are Involved", Biometrika 34 (1947).
    /// </summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <returns>The mean of the other less that of the one; null where either has fewer than two values.</returns>
    public static EstimatedDifference? OfMeans(Moments one, Moments other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Count < 2 || other.Count < 2)
            return null;

        var (first, second) = (one.StandardError * one.StandardError, other.StandardError * other.StandardError);
        var sum = first + second;
        var degrees = sum == 0 ? 1 : sum * sum / ((first * first / (one.Count - 1)) + (second * second / (other.Count - 1)));
        return Around(other.Mean - one.Mean, Math.Sqrt(sum) * StudentQuantile.OfInterval(degrees));
    }

    /// <summary>Of values that were seen in pairs, by Student's t on the differences within them.</summary>
    /// <param name="differences">In each pair, the other value less the one.</param>
    /// <returns>The mean difference; null where there are fewer than two pairs.</returns>
    public static EstimatedDifference? OfPairs(Moments differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        return differences.Count < 2
            ? null
            : Around(differences.Mean, differences.StandardError * StudentQuantile.OfInterval(differences.Count - 1));
    }

    /// <summary>
    /// Of two shares that were seen apart from each other: the hybrid score interval of R. G. Newcombe, "Interval Estimation for the
    /// Difference between Independent Proportions", Statistics in Medicine 17 (1998), method 10.
    /// </summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <returns>The rate of the other less that of the one; null where either is of nothing.</returns>
    public static EstimatedDifference? OfProportions(Proportion one, Proportion other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Of == 0 || other.Of == 0 ? null : Hybrid(one, other, correlation: 0);
    }

    /// <summary>
    /// Of two shares that were seen in pairs: the hybrid score interval of R. G. Newcombe, "Improved Confidence Intervals for the Difference
    /// between Binomial Proportions Based on Paired Data", Statistics in Medicine 17 (1998), method 10.
    /// </summary>
    /// <param name="both">Pairs where it happened to both.</param>
    /// <param name="onlyOne">Pairs where it happened to the one alone.</param>
    /// <param name="onlyOther">Pairs where it happened to the other alone.</param>
    /// <param name="neither">Pairs where it happened to neither.</param>
    /// <returns>The rate of the other less that of the one; null where there are no pairs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below zero.</exception>
    public static EstimatedDifference? OfPairedProportions(long both, long onlyOne, long onlyOther, long neither)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(both);
        ArgumentOutOfRangeException.ThrowIfNegative(onlyOne);
        ArgumentOutOfRangeException.ThrowIfNegative(onlyOther);
        ArgumentOutOfRangeException.ThrowIfNegative(neither);
        var pairs = both + onlyOne + onlyOther + neither;
        if (pairs == 0)
            return null;

        var (one, other) = (new Proportion(both + onlyOne, pairs), new Proportion(both + onlyOther, pairs));
        return Hybrid(one, other, Correlation(both, onlyOne, onlyOther, neither));
    }

    private static EstimatedDifference Around(double value, double half) => new(value, new Interval(value - half, value + half));

    private static EstimatedDifference Hybrid(Proportion one, Proportion other, double correlation)
    {
        var difference = other.Rate - one.Rate;
        var down = Distance(other.Rate - other.Interval.Low, one.Interval.High - one.Rate);
        var up = Distance(other.Interval.High - other.Rate, one.Rate - one.Interval.Low);
        return new EstimatedDifference(difference, new Interval(Math.Max(-1, difference - down), Math.Min(1, difference + up)));

        double Distance(double ofOther, double ofOne) =>
            Math.Sqrt(Math.Max(0, (ofOther * ofOther) - (2 * correlation * ofOther * ofOne) + (ofOne * ofOne)));
    }

    // of the fourfold table, drawn towards zero by half a pair where it is positive
    private static double Correlation(double both, double onlyOne, double onlyOther, double neither)
    {
        var pairs = both + onlyOne + onlyOther + neither;
        var margins = (both + onlyOne) * (onlyOther + neither) * (both + onlyOther) * (onlyOne + neither);
        if (margins == 0)
            return 0;

        var determinant = (both * neither) - (onlyOne * onlyOther);
        if (determinant > 0)
            determinant = Math.Max(0, determinant - (pairs / 2));

        return determinant / Math.Sqrt(margins);
    }
}
