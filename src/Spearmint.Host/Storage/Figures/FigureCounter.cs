using Spearmint.Domain;
using Spearmint.Host.Storage.Sql;

namespace Spearmint.Host.Storage.Figures;

/// <summary>Counts ends and comparisons into buckets, by the names that are kept.</summary>
/// <param name="bucketOf">Where the bucket of a time begins.</param>
internal sealed class FigureCounter(Func<DateTimeOffset, DateTimeOffset> bucketOf)
{
    private readonly Dictionary<(string, string, DateTimeOffset), ConfigBucket> _configs = [];
    private readonly Dictionary<(string, string, string, DateTimeOffset), PairBucket> _pairs = [];
    private readonly Dictionary<(string, string, string, DateTimeOffset), FailureBucket> _failures = [];

    /// <summary>By experiment, config and bucket.</summary>
    public IReadOnlyList<ConfigBucket> Configs => [.. _configs.Values
        .OrderBy(bucket => bucket.Experiment, StringComparer.Ordinal).ThenBy(bucket => bucket.ConfigId, StringComparer.Ordinal)
        .ThenBy(bucket => bucket.Start)];

    /// <summary>By experiment, pair and bucket.</summary>
    public IReadOnlyList<PairBucket> Pairs => [.. _pairs.Values
        .OrderBy(bucket => bucket.Experiment, StringComparer.Ordinal).ThenBy(bucket => bucket.ReferenceConfigId, StringComparer.Ordinal)
        .ThenBy(bucket => bucket.ConfigId, StringComparer.Ordinal).ThenBy(bucket => bucket.Start)];

    /// <summary>By experiment, config, type and bucket.</summary>
    public IReadOnlyList<FailureBucket> Failures => [.. _failures.Values
        .OrderBy(bucket => bucket.Experiment, StringComparer.Ordinal).ThenBy(bucket => bucket.ConfigId, StringComparer.Ordinal)
        .ThenBy(bucket => bucket.ErrorType, StringComparer.Ordinal).ThenBy(bucket => bucket.Start)];

    /// <summary>Counts an end. Noise is no figure of a config.</summary>
    public void Add(BranchFinished finished)
    {
        if (finished.Role == BranchRole.Noise)
            return;

        var start = bucketOf(finished.StartedAt);
        Config(finished.Experiment, finished.ConfigId, start).Add(finished);
        if (finished.Status is BranchStatus.Failed or BranchStatus.TimedOut)
            Failure(finished.Experiment, finished.ConfigId, finished.Error?.Type ?? "", start).Add(finished);
    }

    /// <summary>Counts a comparison where the compared branch started.</summary>
    public void Add(BranchCompared compared) =>
        Pair(compared.Experiment, compared.Comparison.ReferenceConfigId, compared.ConfigId, bucketOf(compared.StartedAt)).Add(compared.Comparison);

    public void Add(ConfigBucket bucket) => Config(bucket.Experiment, bucket.ConfigId, bucketOf(bucket.Start)).Add(bucket);

    /// <summary>Counts a bucket that nobody else has: where there is none yet, it is the one.</summary>
    public void Take(ConfigBucket bucket)
    {
        if (bucketOf(bucket.Start) != bucket.Start || !_configs.TryAdd((bucket.Experiment, bucket.ConfigId, bucket.Start), bucket))
            Add(bucket);
    }

    public void Add(PairBucket bucket) => Pair(bucket.Experiment, bucket.ReferenceConfigId, bucket.ConfigId, bucketOf(bucket.Start)).Add(bucket);

    public void Add(FailureBucket bucket) => Failure(bucket.Experiment, bucket.ConfigId, bucket.ErrorType, bucketOf(bucket.Start)).Add(bucket);

    /// <summary>Counts all that another has counted, into the buckets of this one.</summary>
    public void Add(FigureCounter other)
    {
        foreach (var bucket in other._configs.Values)
            Add(bucket);
        foreach (var bucket in other._pairs.Values)
            Add(bucket);
        foreach (var bucket in other._failures.Values)
            Add(bucket);
    }

    /// <summary>The most frequent first.</summary>
    public IReadOnlyList<FailureGroup> ReadFailures() => [.. Failures.Select(bucket => bucket.Read()).OrderByDescending(group => group.Count)];

    private ConfigBucket Config(string experiment, string configId, DateTimeOffset start)
    {
        (experiment, configId) = (StoredText.Name(experiment), StoredText.Name(configId));
        return _configs.TryGetValue((experiment, configId, start), out var found)
            ? found
            : _configs[(experiment, configId, start)] = new ConfigBucket(experiment, configId, start);
    }

    private PairBucket Pair(string experiment, string reference, string configId, DateTimeOffset start)
    {
        (experiment, reference, configId) = (StoredText.Name(experiment), StoredText.Name(reference), StoredText.Name(configId));
        return _pairs.TryGetValue((experiment, reference, configId, start), out var found)
            ? found
            : _pairs[(experiment, reference, configId, start)] = new PairBucket(experiment, reference, configId, start);
    }

    private FailureBucket Failure(string experiment, string configId, string errorType, DateTimeOffset start)
    {
        (experiment, configId, errorType) = (StoredText.Name(experiment), StoredText.Name(configId), StoredText.Name(errorType));
        return _failures.TryGetValue((experiment, configId, errorType, start), out var found)
            ? found
            : _failures[(experiment, configId, errorType, start)] = new FailureBucket(experiment, configId, errorType, start);
    }
}
