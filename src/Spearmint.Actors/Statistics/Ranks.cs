namespace Spearmint.Statistics;

/// <summary>Places, from 1, among values in order.</summary>
internal static class Ranks
{
    // up to here 2^-n is a number that a double holds in full
    private const int CountedExactly = 1000;
    private const double Tail = 0.025;

    /// <summary>The place of the least value that a share of all is not above.</summary>
    public static long Of(double share, long count) => Math.Clamp((long)Math.Ceiling(share * count), 1, Math.Max(1, count));

    /// <summary>
    /// The places of the two values that the true median lies between with a confidence of at least 95 %, whatever the distribution; null for
    /// fewer than 6 values, which cannot tell. As many values lie below the median as heads come of fair coins: W. J. Conover, "Practical
    /// Nonparametric Statistics" (1999), 3.2; G. J. Hahn and W. Q. Meeker, "Statistical Intervals" (1991), 5.2. Above 1000 values by the normal
    /// approximation of the binomial distribution with continuity correction.
    /// </summary>
    public static (long Low, long High)? AroundMedian(long count)
    {
        var low = count <= CountedExactly
            ? LowOfFew((int)count)
            : (long)Math.Floor((count + 1 - (NormalQuantile.OfInterval * Math.Sqrt(count))) / 2);
        return low == 0 ? null : (low, count - low + 1);
    }

    // the highest place that more than 2.5 % of the cases do not reach from below
    private static int LowOfFew(int count)
    {
        var low = 0;
        var probability = Math.ScaleB(1, -count);
        for (var below = probability; below <= Tail; below += probability)
        {
            low++;
            probability *= (count - low + 1) / (double)low;
        }

        return low;
    }
}
