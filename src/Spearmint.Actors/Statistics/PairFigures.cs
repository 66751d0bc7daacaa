using Spearmint.Domain;

namespace Spearmint.Statistics;

/// <summary>What is counted of two configs that are compared.</summary>
internal sealed class PairFigures(string referenceId, string id, Room room)
{
    private const int MaxPaths = 1000;
    private const int MismatchesKept = 10;
    private const int DifferencesKept = 10;

    private static readonly Difference Whole = new("$", null, null);

    private readonly DifferenceHistogram _histogram = new();
    private readonly Moments _moments = new();
    private readonly Roster<string, PathFigures> _paths = new(MaxPaths, Others.Name, path => new PathFigures(path, room.Differences), room.Paths);
    private readonly FirstAndNewest<Comparison> _mismatches = new(MismatchesKept, room.Comparisons);
    private long _match;
    private long _mismatch;
    private long _ignored;
    private long _errors;

    public string ReferenceId => referenceId;

    private long Compared => _match + _mismatch + _ignored;

    public void Add(Comparison comparison)
    {
        _histogram.Add(comparison.DurationDifference);
        _moments.Add(comparison.DurationDifference.Ticks);
        switch (comparison.Verdict)
        {
            case ComparisonVerdict.Match: _match++; break;
            case ComparisonVerdict.Ignored: _ignored++; break;
            case ComparisonVerdict.Mismatch: AddMismatch(comparison); break;
            default: _errors++; break;
        }
    }

    public PairStatistics Read(PairFigures? noise, NoiseRule rule) => new(
        referenceId, id, _match, _mismatch, _ignored, _errors, ReadLatency(),
        [.. _paths.All.Select(path => path.Read(Compared, noise?.At(path.Path) ?? new Proportion(0, 0), rule))
            .OrderByDescending(path => path.IsReal).ThenByDescending(path => path.Mismatches.Count)],
        _mismatches.First, _mismatches.Newest);

    private void AddMismatch(Comparison comparison)
    {
        _mismatch++;
        if (comparison.Differences.Count == 0)
            _paths[Whole.Path].Add(comparison, Whole, mismatch: _mismatch);
        foreach (var difference in comparison.Differences)
            _paths[difference.RolledUpPath].Add(comparison, difference, mismatch: _mismatch);

        _mismatches.Add(comparison.Differences.Count > DifferencesKept
            ? comparison with { Differences = [.. comparison.Differences.Take(DifferencesKept)] }
            : comparison);
    }

    // never less than it is: a place that is not named here is one of the others, and the others of another pair may be any
    private Proportion At(string path) => new(
        path == Others.Name ? _mismatch : _paths.Find(path)?.Count ?? _paths.Others?.Count ?? 0, Compared);

    private LatencyDifference ReadLatency() => new(
        _histogram.Count, _histogram.Quantile(0.05), _histogram.Quantile(0.5), _histogram.Quantile(0.95),
        Time(_moments.Mean), Time(_moments.StandardDeviation), Time(_moments.StandardError),
        Ranks.AroundMedian(_histogram.Count) is { } ranks
            ? new TimeInterval(_histogram.ValueAt(ranks.Low), _histogram.ValueAt(ranks.High))
            : null);

    private static TimeSpan Time(double ticks) => new((long)Math.Round(ticks));
}
