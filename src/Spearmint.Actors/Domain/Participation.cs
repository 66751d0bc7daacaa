using System.Collections.Immutable;

namespace Spearmint.Domain;

/// <summary>
/// Which runs take part in an experiment; the others run its baseline alone. In this order: no run outside the time from
/// <see cref="StartsAt"/> to <see cref="EndsAt"/>, none with a denied key, every one with an allowed key, and of all others a share.
/// </summary>
/// <remarks>
/// Immutable. Parts that contradict each other, such as a key that is allowed and denied, are refused by
/// <see cref="StrategySettings.Participation"/>, so that several parts can be changed together whatever their order.
/// </remarks>
public sealed record Participation
{
    /// <summary>All runs take part.</summary>
    public static Participation Everybody { get; } = new();

    /// <summary>The shares of a staged ramp: 1, 5, 25, 50 and 100 %.</summary>
    public static IReadOnlyList<double> Ramp { get; } = [0.01, 0.05, 0.25, 0.5, 1];

    /// <summary>
    /// The share of keys that take part, 0 to 1; 1 by default. A stable hash of the key decides, or of the run id where a run has no key: who
    /// takes part at one share does so in every process, and at every larger share.
    /// </summary>
    public double Share { get; init => field = Checked.Share(value, nameof(Share)); } = 1;

    /// <summary>Keys that take part whatever the share; compared exactly.</summary>
    public ImmutableHashSet<string> AllowedKeys { get; init => field = Ordinal(value, nameof(AllowedKeys)); } = [];

    /// <summary>Keys that never take part; compared exactly. None of them may be allowed too.</summary>
    public ImmutableHashSet<string> DeniedKeys { get; init => field = Ordinal(value, nameof(DeniedKeys)); } = [];

    /// <summary>When the experiment begins: no run takes part before. Null, the default, for no such time.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>When the experiment is over: no run takes part from then on. After <see cref="StartsAt"/>; null, the default, for no such time.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>With the next larger share of the <see cref="Ramp"/>; 1 stays 1.</summary>
    public Participation StepUp() => this with { Share = Ramp.FirstOrDefault(step => step > Share, 1) };

    /// <summary>With the next smaller share of the <see cref="Ramp"/>; 0 below its first.</summary>
    public Participation StepDown() => this with { Share = Ramp.LastOrDefault(step => step < Share, 0) };

    /// <summary>Whether it is the same: sets by their keys, times by the moment.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(Participation? other) => other is not null
        && Share == other.Share && StartsAt == other.StartsAt && EndsAt == other.EndsAt
        && AllowedKeys.SetEquals(other.AllowedKeys) && DeniedKeys.SetEquals(other.DeniedKeys);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Share, StartsAt, EndsAt, AllowedKeys.Count, DeniedKeys.Count);

    /// <summary>Whether a run takes part.</summary>
    /// <param name="now">When it is planned.</param>
    /// <param name="key">Its key, if it has one.</param>
    /// <param name="place">Where it stands among all, in [0, 1); the same for the same key.</param>
    internal bool Includes(DateTimeOffset now, string? key, double place)
    {
        if (now < StartsAt || now >= EndsAt)
            return false;
        if (key is not null && DeniedKeys.Contains(key))
            return false;

        return place < Share || (key is not null && AllowedKeys.Contains(key));
    }

    /// <summary>The same, if its parts do not contradict each other.</summary>
    /// <exception cref="ArgumentException">A key is allowed and denied, or the end is not after the start.</exception>
    internal Participation Consistent()
    {
        if (AllowedKeys.Intersect(DeniedKeys) is { IsEmpty: false } both)
            throw new ArgumentException($"The key '{both.Min(StringComparer.Ordinal)}' is both in {nameof(AllowedKeys)} and in {nameof(DeniedKeys)}.");
        if (EndsAt <= StartsAt)
            throw new ArgumentException($"{nameof(EndsAt)} ({EndsAt:u}) must be after {nameof(StartsAt)} ({StartsAt:u}).");

        return this;
    }

    private static ImmutableHashSet<string> Ordinal(ImmutableHashSet<string> keys, string name)
    {
        ArgumentNullException.ThrowIfNull(keys, name);
        return keys.WithComparer(StringComparer.Ordinal);
    }
}
