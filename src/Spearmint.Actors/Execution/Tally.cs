namespace Spearmint.Execution;

/// <summary>Counts by reason. Without locks, for one owner.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Add(string reason, long count = 1) => _counts[reason] = _counts.GetValueOrDefault(reason) + count;

    /// <summary>The counts as of now.</summary>
    public IReadOnlyDictionary<string, long> Snapshot() => new Dictionary<string, long>(_counts, StringComparer.Ordinal);
}
