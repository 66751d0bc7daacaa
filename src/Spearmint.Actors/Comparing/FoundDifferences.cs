using Spearmint.Domain;

namespace Spearmint.Comparing;

/// <summary>The differences of two outputs: the first hundred, and how many there are.</summary>
internal sealed class FoundDifferences
{
    private const int MaxKept = 100;

    private readonly List<Difference> _kept = [];
    private readonly List<string> _ignoredBy = [];

    public IReadOnlyList<Difference> Kept => _kept;

    /// <summary>How many there are, those that are ignored apart.</summary>
    public int Count { get; private set; }

    /// <summary>The names of the ignored paths with a difference, each once.</summary>
    public IReadOnlyList<string> IgnoredBy => _ignoredBy;

    /// <summary>Counts a difference, and makes it only where it is kept.</summary>
    public void Add(IgnoredPath? ignored, Func<Difference> make)
    {
        if (ignored is not null)
        {
            if (!_ignoredBy.Contains(ignored.Name))
                _ignoredBy.Add(ignored.Name);
            return;
        }

        if (Count++ < MaxKept)
            _kept.Add(make());
    }
}
