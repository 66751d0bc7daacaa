using Spearmint.Statistics;

namespace Spearmint.Host.Storage;

/// <summary>What is counted of one config in one stretch of time, noise left out. Branches count where they started.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="ConfigId">The id of the config.</param>
/// <param name="Start">Where the stretch begins.</param>
internal sealed record ConfigBucket(string Experiment, string ConfigId, DateTimeOffset Start)
{
    // a page may have thousands of buckets, and a histogram takes kilobytes
    private byte[]? _written;
    private LatencyHistogram? _latency;

    public long Success { get; set; }

    public long Failed { get; set; }

    public long TimedOut { get; set; }

    public long Cancelled { get; set; }

    public long Skipped { get; set; }

    public long Count => Success + Failed + TimedOut + Cancelled + Skipped;

    /// <summary>Durations of the branches that succeeded, failed or timed out, as of now: read anew from what is stored, unless more was counted.</summary>
    public LatencyHistogram Latency => _latency ?? Read();

    /// <summary>The same durations in milliseconds: their mean and spread.</summary>
    public Moments DurationMs { get; } = new();

    /// <summary>What the functions reported, by name.</summary>
    public Dictionary<string, Moments> Metrics { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts a duration.</summary>
    public void AddLatency(TimeSpan duration) => (_latency ??= Read()).Add(duration);

    /// <summary>Counts durations that are stored.</summary>
    /// <param name="written">What <see cref="LatencyHistogram.ToBytes"/> has written.</param>
    public void AddLatency(byte[] written)
    {
        if (_latency is null && _written is null)
            _written = written;
        else
            (_latency ??= Read()).Merge(written);
    }

    /// <summary>Counts the durations of another bucket.</summary>
    public void AddLatency(ConfigBucket other)
    {
        if (other._latency is { } counted)
            (_latency ??= Read()).Merge(counted);
        else if (other._written is { } written)
            AddLatency(written);
    }

    private LatencyHistogram Read()
    {
        var histogram = new LatencyHistogram();
        if (_written is not null)
            histogram.Merge(_written);
        return histogram;
    }
}

/// <summary>What is counted of two configs that are compared, in one stretch of time.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="ReferenceConfigId">The config that the other is measured by.</param>
/// <param name="ConfigId">The other; the same where it is noise.</param>
/// <param name="Start">Where the stretch begins.</param>
internal sealed record PairBucket(string Experiment, string ReferenceConfigId, string ConfigId, DateTimeOffset Start)
{
    public long Match { get; set; }

    public long Mismatch { get; set; }

    public long Ignored { get; set; }

    public long Error { get; set; }

    /// <summary>Whether it is a config measured by itself: what differs by chance.</summary>
    public bool IsNoise => ReferenceConfigId == ConfigId;

    /// <summary>In how many mismatches each place differed, indexes rolled up (<see cref="Domain.Difference.RolledUpPath"/>); <c>$</c> where no place is known.</summary>
    public Dictionary<string, long> Paths { get; } = new(StringComparer.Ordinal);
}

/// <summary>Branches of one config that failed with one type of exception.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="ConfigId">The id of the config.</param>
/// <param name="ErrorType">The full name of the exception's type; empty where a branch has no error.</param>
/// <param name="Count">How many.</param>
/// <param name="LastAt">The start of the newest.</param>
/// <param name="LastRunId">Its run.</param>
/// <param name="LastBranchId">Its id.</param>
/// <param name="LastMessage">What it says.</param>
internal sealed record FailureGroup(
    string Experiment, string ConfigId, string ErrorType, long Count, DateTimeOffset LastAt, Guid LastRunId, Guid LastBranchId, string LastMessage);
