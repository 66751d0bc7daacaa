using Spearmint.Domain;
using Spearmint.Statistics;

namespace Spearmint.Host.Storage.Figures;

/// <summary>How buckets are counted: in one way, whatever keeps the branches.</summary>
internal static class BucketFigures
{
    /// <summary>What stands for the places and types that there is no room to name.</summary>
    public const string Others = "(other)";

    private const int MaxPaths = 200;
    private const string Whole = "$";

    public static void Add(this ConfigBucket bucket, BranchFinished finished)
    {
        bucket.Add(finished.Status, 1);
        foreach (var (name, value) in finished.Metrics)
            bucket.MetricOf(name).Add(value);

        if (!finished.Status.HasRun())
            return;

        bucket.AddLatency(finished.Duration);
        bucket.DurationMs.Add(finished.Duration.TotalMilliseconds);
    }

    public static void Add(this ConfigBucket bucket, ConfigBucket other)
    {
        bucket.Success += other.Success;
        bucket.Failed += other.Failed;
        bucket.TimedOut += other.TimedOut;
        bucket.Cancelled += other.Cancelled;
        bucket.Skipped += other.Skipped;
        bucket.AddLatency(other);
        bucket.DurationMs.Merge(other.DurationMs);
        foreach (var (name, moments) in other.Metrics)
            bucket.MetricOf(name).Merge(moments);
    }

    public static void Add(this PairBucket bucket, Comparison comparison)
    {
        switch (comparison.Verdict)
        {
            case ComparisonVerdict.Match: bucket.Match++; break;
            case ComparisonVerdict.Ignored: bucket.Ignored++; break;
            case ComparisonVerdict.Error: bucket.Error++; break;
            default: bucket.AddMismatch(comparison.Differences); break;
        }
    }

    public static void Add(this PairBucket bucket, PairBucket other)
    {
        bucket.Match += other.Match;
        bucket.Mismatch += other.Mismatch;
        bucket.Ignored += other.Ignored;
        bucket.Error += other.Error;
        foreach (var (path, count) in other.Paths)
            bucket.AddPath(path, count);
    }

    /// <summary>Whether a branch with this status has run to an end of its own, so that its duration says something.</summary>
    public static bool HasRun(this BranchStatus status) => status is BranchStatus.Success or BranchStatus.Failed or BranchStatus.TimedOut;

    private static void Add(this ConfigBucket bucket, BranchStatus status, long count)
    {
        switch (status)
        {
            case BranchStatus.Success: bucket.Success += count; break;
            case BranchStatus.Failed: bucket.Failed += count; break;
            case BranchStatus.TimedOut: bucket.TimedOut += count; break;
            case BranchStatus.Cancelled: bucket.Cancelled += count; break;
            case BranchStatus.Skipped: bucket.Skipped += count; break;
        }
    }

    private static Moments MetricOf(this ConfigBucket bucket, string name)
    {
        if (!bucket.Metrics.TryGetValue(name, out var moments))
            bucket.Metrics[name] = moments = new Moments();

        return moments;
    }

    private static void AddMismatch(this PairBucket bucket, IReadOnlyList<Difference> differences)
    {
        bucket.Mismatch++;
        if (differences.Count == 0)
            bucket.AddPath(Whole, 1);
        else
            foreach (var path in differences.Select(difference => difference.RolledUpPath).Distinct(StringComparer.Ordinal))
                bucket.AddPath(path, 1);
    }

    private static void AddPath(this PairBucket bucket, string path, long count)
    {
        var named = bucket.Paths.ContainsKey(path) || bucket.Paths.Count < MaxPaths ? path : Others;
        bucket.Paths[named] = bucket.Paths.GetValueOrDefault(named) + count;
    }
}
