namespace Spearmint.Statistics;

/// <summary>A <see cref="LatencyHistogram"/> for what can be below zero: how much longer one took than another. Within 1 % on both sides of zero.</summary>
internal sealed class DifferenceHistogram
{
    private readonly LatencyHistogram _below = new();
    private readonly LatencyHistogram _notBelow = new();

    public long Count => _below.Count + _notBelow.Count;

    public void Add(TimeSpan difference)
    {
        if (difference < TimeSpan.Zero)
            _below.Add(-difference);
        else
            _notBelow.Add(difference);
    }

    /// <inheritdoc cref="LatencyHistogram.Quantile" />
    public TimeSpan Quantile(double share) => ValueAt(Ranks.Of(share, Count));

    /// <inheritdoc cref="LatencyHistogram.ValueAt" />
    public TimeSpan ValueAt(long rank) =>
        rank <= _below.Count ? -_below.ValueAt(_below.Count - rank + 1) : _notBelow.ValueAt(rank - _below.Count);
}
