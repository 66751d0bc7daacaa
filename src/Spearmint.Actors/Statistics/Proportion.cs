namespace Spearmint.Statistics;

/// <summary>How often something happened out of how many times that it could have.</summary>
/// <param name="Count">How often it happened.</param>
/// <param name="Of">How often it could have.</param>
public sealed record Proportion(long Count, long Of)
{
    /// <summary>The share, from 0 to 1; 0 where there is nothing to divide by.</summary>
    public double Rate => Of == 0 ? 0 : (double)Count / Of;

    /// <summary>
    /// Where the true share lies, with a confidence of 95 %: the score interval of E. B. Wilson, "Probable Inference, the Law of Succession,
    /// and Statistical Inference", Journal of the American Statistical Association 22 (1927). From 0 to 1 where nothing is known.
    /// </summary>
    public Interval Interval
    {
        get
        {
            if (Of == 0)
                return new Interval(0, 1);

            var z = NormalQuantile.OfInterval;
            var share = z * z / Of;
            var centre = Rate + (share / 2);
            var half = z * Math.Sqrt(((Rate * (1 - Rate)) + (share / 4)) / Of);

            // at the ends the bound is the end itself, which rounding misses
            return new Interval(
                Count == 0 ? 0 : (centre - half) / (1 + share),
                Count == Of ? 1 : (centre + half) / (1 + share));
        }
    }

    /// <inheritdoc />
    public override string ToString() => $"{Count}/{Of} ({Rate:0.##%}, 95 % interval {Interval.Low:0.##%} to {Interval.High:0.##%})";
}
