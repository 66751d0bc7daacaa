using Spearmint.Domain;

namespace Spearmint.Statistics;

/// <summary>What is counted of one place where two configs differ.</summary>
internal sealed class PathFigures(string path, Allowance room)
{
    private const int SamplesKept = 5;

    private readonly FirstAndNewest<DifferenceSample> _samples = new(SamplesKept, room);
    private long _lastMismatch;

    public string Path => path;

    public long Count { get; private set; }

    /// <summary>Counts a mismatch, once however many of its differences are here.</summary>
    /// <param name="comparison">The mismatch.</param>
    /// <param name="difference">One of its differences.</param>
    /// <param name="mismatch">The number of the mismatch.</param>
    public void Add(Comparison comparison, Difference difference, long mismatch)
    {
        if (_lastMismatch == mismatch)
            return;

        _lastMismatch = mismatch;
        Count++;
        _samples.Add(new DifferenceSample(comparison.RunId, comparison.ReferenceBranchId, comparison.BranchId, difference));
    }

    public PathStatistics Read(long compared, Proportion noise, NoiseRule rule)
    {
        var mismatches = new Proportion(Count, compared);
        return new PathStatistics(path, mismatches, noise, rule.IsReal(mismatches.Rate, noise.Rate), _samples.First, _samples.Newest);
    }
}
