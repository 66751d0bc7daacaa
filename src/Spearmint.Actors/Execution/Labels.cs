using System.Collections.Concurrent;

namespace Spearmint.Execution;

/// <summary>
/// Keeps the label values of metrics few: names and ids may be made per run, and a metrics backend keeps a series for each. The first
/// thousand are shown as they are, all others as <c>(other)</c>.
/// </summary>
internal sealed class Labels
{
    public const string Other = "(other)";
    public const int Limit = 1000;

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private int _count;

    public string Bounded(string value)
    {
        if (_known.TryGetValue(value, out var known))
            return known;
        if (Volatile.Read(ref _count) >= Limit || Interlocked.Increment(ref _count) > Limit)
            return Other;

        return _known.GetOrAdd(value, value);
    }
}
