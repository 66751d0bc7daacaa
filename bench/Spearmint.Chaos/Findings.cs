namespace Spearmint.Chaos;

/// <summary>What is wrong, each kind once with its first example and how often it was seen. Safe from any thread.</summary>
internal sealed class Findings
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Example, long Count)> _byKind = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
                return [.. _byKind.Select(entry => $"{entry.Key} ({entry.Value.Count} x), first: {entry.Value.Example}")];
        }
    }

    public void Add(string kind, string example)
    {
        lock (_gate)
            _byKind[kind] = _byKind.TryGetValue(kind, out var before) ? (before.Example, before.Count + 1) : (example, 1);
    }

    /// <summary>Adds a finding unless the law holds.</summary>
    public void Expect(bool holds, string kind, Func<string> example)
    {
        if (!holds)
            Add(kind, example());
    }
}
