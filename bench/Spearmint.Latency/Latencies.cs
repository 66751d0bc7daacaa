namespace Spearmint.Latency;

/// <summary>How long calls took, in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly List<double> _all = [];
    private bool _sorted;

    public void Add(IEnumerable<double> milliseconds)
    {
        _all.AddRange(milliseconds);
        _sorted = false;
    }

    /// <summary>The time that a share of the calls did not exceed.</summary>
    public double At(double share)
    {
        if (!_sorted)
            _all.Sort();
        _sorted = true;
        return _all[Math.Min(_all.Count - 1, (int)(_all.Count * share))];
    }
}
