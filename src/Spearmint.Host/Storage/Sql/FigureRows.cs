using System.Data.Common;
using Spearmint.Host.Storage.Figures;
using Spearmint.Statistics;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Reads rows of figures: the number of the config is first, the bucket second.</summary>
internal static class FigureRows
{
    public const string ConfigColumns = "config, bucket, success, failed, timed_out, cancelled, skipped, latency, duration_ms, metrics";
    public const string PairColumns = "config, bucket, reference, match, mismatch, ignored, error, paths";
    public const string FailureColumns = "config, bucket, error_type, failures, last_at, last_run_id, last_branch_id, last_message";

    public static ConfigBucket ReadConfig(DbDataReader reader, Func<int, (string Experiment, string ConfigId)> configOf)
    {
        var (experiment, configId) = configOf(reader.GetInt32(0));
        var bucket = new ConfigBucket(experiment, configId, Minutes.ToTime(reader.GetInt64(1)))
        {
            Success = reader.GetInt64(2),
            Failed = reader.GetInt64(3),
            TimedOut = reader.GetInt64(4),
            Cancelled = reader.GetInt64(5),
            Skipped = reader.GetInt64(6),
        };
        bucket.AddLatency(reader.GetFieldValue<byte[]>(7));
        bucket.DurationMs.Merge(StoredJson.ReadMoments(reader.GetString(8)));
        if (reader.IsDBNull(9))
            return bucket;

        foreach (var (name, numbers) in StoredJson.ReadDictionary<double[]>(reader.GetString(9)))
            bucket.Metrics[name] = StoredJson.MomentsOf(numbers);
        return bucket;
    }

    public static PairBucket ReadPair(DbDataReader reader, Func<int, (string Experiment, string ConfigId)> configOf)
    {
        var (experiment, configId) = configOf(reader.GetInt32(0));
        var bucket = new PairBucket(experiment, configOf(reader.GetInt32(2)).ConfigId, configId, Minutes.ToTime(reader.GetInt64(1)))
        {
            Match = reader.GetInt64(3),
            Mismatch = reader.GetInt64(4),
            Ignored = reader.GetInt64(5),
            Error = reader.GetInt64(6),
        };
        foreach (var (path, count) in StoredJson.ReadDictionary<long>(reader.IsDBNull(7) ? null : reader.GetString(7)))
            bucket.Paths[path] = count;
        return bucket;
    }

    public static FailureBucket ReadFailure(
        DbDataReader reader, SqlSession session, Func<int, (string Experiment, string ConfigId)> configOf, Func<int, string> nameOf)
    {
        var (experiment, configId) = configOf(reader.GetInt32(0));
        var bucket = new FailureBucket(experiment, configId, nameOf(reader.GetInt32(2)), Minutes.ToTime(reader.GetInt64(1)));
        bucket.Add(
            reader.GetInt64(3), StoredTime.Read(reader.GetInt64(4)), session.ReadId(reader, 5), session.ReadId(reader, 6), reader.GetString(7));
        return bucket;
    }

    public static string? Metrics(ConfigBucket bucket) =>
        StoredJson.Write(bucket.Metrics.ToDictionary(metric => metric.Key, metric => StoredJson.Numbers(metric.Value), StringComparer.Ordinal));
}
