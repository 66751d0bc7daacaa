namespace Spearmint.Statistics;

/// <summary>
/// Mean and spread of values that are seen once each: B. P. Welford, "Note on a Method for Calculating Corrected Sums of Squares and
/// Products", Technometrics 4 (1962).
/// </summary>
/// <remarks>
/// For one thread at a time. Of finite values all numbers stay finite: where the sum of the squared deviations would be more than a double can be, it is
/// <see cref="double.MaxValue"/>, and the spread is too low.
/// </remarks>
public sealed class Moments
{
    /// <summary>Of no values.</summary>
    public Moments()
    {
    }

    /// <summary>Of values that were counted before, as a store has kept them.</summary>
    /// <param name="count">How many, not below zero.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="squaredDeviations">The sum of their squared deviations from it, not below zero.</param>
    /// <param name="min">The lowest.</param>
    /// <param name="max">The highest.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number cannot be what it says.</exception>
    public Moments(long count, double mean, double squaredDeviations, double min, double max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(squaredDeviations);
        if (count == 0)
            return;

        Count = count;
        Mean = mean;
        SquaredDeviations = squaredDeviations;
        Min = min;
        Max = max;
    }

    /// <summary>How many values.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; 0 for none.</summary>
    public double Mean { get; private set; }

    /// <summary>The sum of their squared deviations from the mean, at most <see cref="double.MaxValue"/>.</summary>
    public double SquaredDeviations { get; private set; }

    /// <summary>The lowest; positive infinity for none.</summary>
    public double Min { get; private set; } = double.PositiveInfinity;

    /// <summary>The highest; negative infinity for none.</summary>
    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>Of the sample, with n - 1; 0 for fewer than two values.</summary>
    public double StandardDeviation => Count < 2 ? 0 : Math.Sqrt(SquaredDeviations / (Count - 1));

    /// <summary>Of the mean; 0 for fewer than two values.</summary>
    public double StandardError => Count < 2 ? 0 : StandardDeviation / Math.Sqrt(Count);

    /// <summary>Counts a value.</summary>
    /// <param name="value">Any finite number.</param>
    public void Add(double value)
    {
        Count++;
        var before = value - Mean;

        // the difference of two that are finite need not be
        Mean += double.IsFinite(before) ? before / Count : (value / Count) - (Mean / Count);
        SquaredDeviations = Math.Min(SquaredDeviations + (before * (value - Mean)), double.MaxValue);
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
    }

    /// <summary>
    /// Counts all values that another has counted: T. F. Chan, G. H. Golub and R. J. LeVeque, "Algorithms for Computing the Sample Variance",
    /// The American Statistician 37 (1983).
    /// </summary>
    /// <param name="other">The other, which does not change.</param>
    public void Merge(Moments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0)
            return;

        var difference = other.Mean - Mean;
        var count = Count + other.Count;
        var between = Count == 0 ? 0 : difference * difference * Count / count * other.Count;
        SquaredDeviations = Math.Min(SquaredDeviations + other.SquaredDeviations + between, double.MaxValue);
        var step = difference * other.Count / count;
        Mean = double.IsFinite(step) ? Mean + step : (Mean * ((double)Count / count)) + (other.Mean * ((double)other.Count / count));
        Count = count;
        Min = Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
    }
}
