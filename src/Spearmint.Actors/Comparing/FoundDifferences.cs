using Spearmint.Domain;

namespace Spearmint.Comparing;

/// <summary>
/// The differences of two outputs: the first hundred, the first at each further place when indexes count as one, and how many there are. So a
/// hundred that differ by chance do not hide the one that matters.
/// </summary>
internal sealed class FoundDifferences
{
    private const int FirstKept = 100;
    private const int MaxKept = 200;

    // naming a place costs more than counting it
    private const int MaxNamed = 10_000;

    private readonly List<Difference> _kept = [];
    private readonly List<string> _ignoredBy = [];
    private HashSet<string>? _places;

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

        if (Count++ < FirstKept)
            _kept.Add(make());
        else if (_kept.Count < MaxKept && Count <= MaxNamed)
            KeepNewPlace(make());
    }

    private void KeepNewPlace(Difference difference)
    {
        _places ??= [.. _kept.Select(kept => kept.RolledUpPath)];
        if (_places.Add(difference.RolledUpPath))
            _kept.Add(difference);
    }
}
