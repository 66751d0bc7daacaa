using Spearmint.Domain;

namespace Spearmint.Statistics;

/// <summary>
/// Says whether a place differs really, or only as it differs by chance: it does when it differs more often than noise, by more than both
/// thresholds. This is the rule that Diffy (Twitter, 2015) publishes, with its defaults: <c>relativeThreshold</c> 20 and
/// <c>absoluteThreshold</c> 0.03, there in percent. Diffy compares counts, since it compares noise on every request; here noise may be sampled,
/// so rates are compared.
/// </summary>
/// <param name="MinRelative">What (rate - noise) / (rate + noise) must be above, from 0 to 1.</param>
/// <param name="MinAbsolute">What rate - noise must be above, from 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A threshold is not a share.</exception>
public sealed record NoiseRule(double MinRelative = 0.2, double MinAbsolute = 0.0003)
{
    /// <summary>The rule as it is published.</summary>
    public static NoiseRule Default { get; } = new();

    /// <summary>What (rate - noise) / (rate + noise) must be above, from 0 to 1.</summary>
    public double MinRelative { get; init => field = Checked.Share(value, nameof(MinRelative)); } = Checked.Share(MinRelative, nameof(MinRelative));

    /// <summary>What rate - noise must be above, from 0 to 1.</summary>
    public double MinAbsolute { get; init => field = Checked.Share(value, nameof(MinAbsolute)); } = Checked.Share(MinAbsolute, nameof(MinAbsolute));

    /// <summary>Whether a place that differs at a rate really differs.</summary>
    /// <param name="rate">How often it differs, from 0 to 1.</param>
    /// <param name="noise">How often it differs by chance, from 0 to 1; 0 where that is not known.</param>
    public bool IsReal(double rate, double noise) =>
        rate > noise && (rate - noise) / (rate + noise) > MinRelative && rate - noise > MinAbsolute;
}
