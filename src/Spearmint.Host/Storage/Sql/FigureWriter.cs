using Spearmint.Host.Storage.Figures;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Adds what was counted to the figures by minute, hour and day that are kept.</summary>
internal sealed class FigureWriter(SqlSession session, Interner numbers)
{
    /// <summary>An hour in minutes.</summary>
    public const int HourSpan = 60;

    private const int MinuteSpan = 1;
    private const int DaySpan = 24 * HourSpan;

    /// <summary>The lengths that there are figures of, in minutes, the longest first.</summary>
    public static IReadOnlyList<int> Spans { get; } = [DaySpan, HourSpan, MinuteSpan];

    /// <summary>Adds figures by minute; to be called in a transaction.</summary>
    public async Task WriteAsync(FigureCounter minutes, CancellationToken cancellationToken)
    {
        var hours = Longer(minutes, HourSpan);
        var days = Longer(hours, DaySpan);
        foreach (var (span, figures) in new[] { (MinuteSpan, minutes), (HourSpan, hours), (DaySpan, days) })
        {
            await WriteConfigsAsync(span, figures, cancellationToken);
            await WritePairsAsync(span, figures, cancellationToken);
            await WriteFailuresAsync(span, figures, cancellationToken);
        }
    }

    // to be made before the shorter ones are written, which adds what is stored to them
    private static FigureCounter Longer(FigureCounter figures, int span)
    {
        var longer = new FigureCounter(time => Minutes.ToTime(Minutes.StartOf(Minutes.Of(time), span)));
        longer.Add(figures);
        return longer;
    }

    private async Task WriteConfigsAsync(int span, FigureCounter figures, CancellationToken cancellationToken)
    {
        var known = figures.Configs;
        if (known.Count == 0)
            return;

        var names = known.Select(bucket => (bucket.Experiment, bucket.ConfigId)).Distinct()
            .ToDictionary(config => numbers.ConfigOf(config.Experiment, config.ConfigId));
        var kept = await session.QueryManyAsync(
            $"SELECT {FigureRows.ConfigColumns} FROM config_figures WHERE span = @p0 AND config = @p1 AND bucket = @p2",
            [.. known.Select(bucket => Key(span, bucket.Experiment, bucket.ConfigId, bucket.Start))],
            reader => FigureRows.ReadConfig(reader, config => names[config]), cancellationToken);
        foreach (var bucket in kept)
            figures.Add(bucket);

        await session.ExecuteManyAsync(
            """
            INSERT INTO config_figures (span, config, bucket, success, failed, timed_out, cancelled, skipped, latency, duration_ms, metrics)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10)
            ON CONFLICT (span, config, bucket) DO UPDATE SET success = excluded.success, failed = excluded.failed, timed_out = excluded.timed_out,
                cancelled = excluded.cancelled, skipped = excluded.skipped, latency = excluded.latency, duration_ms = excluded.duration_ms,
                metrics = excluded.metrics
            """,
            [.. known.Select(bucket => new object?[]
            {
                span, numbers.ConfigOf(bucket.Experiment, bucket.ConfigId), Minutes.Of(bucket.Start), bucket.Success, bucket.Failed, bucket.TimedOut,
                bucket.Cancelled, bucket.Skipped, bucket.Latency.ToBytes(), StoredJson.Write(bucket.DurationMs), FigureRows.Metrics(bucket),
            })],
            cancellationToken);
    }

    private async Task WritePairsAsync(int span, FigureCounter figures, CancellationToken cancellationToken)
    {
        var known = figures.Pairs;
        if (known.Count == 0)
            return;

        var names = known.SelectMany(bucket => new[] { (bucket.Experiment, bucket.ConfigId), (bucket.Experiment, ConfigId: bucket.ReferenceConfigId) })
            .Distinct().ToDictionary(config => numbers.ConfigOf(config.Experiment, config.ConfigId));
        var kept = await session.QueryManyAsync(
            $"SELECT {FigureRows.PairColumns} FROM pair_figures WHERE span = @p0 AND config = @p1 AND bucket = @p2 AND reference = @p3",
            [.. known.Select(bucket => (object?[])
                [.. Key(span, bucket.Experiment, bucket.ConfigId, bucket.Start), numbers.ConfigOf(bucket.Experiment, bucket.ReferenceConfigId)])],
            reader => FigureRows.ReadPair(reader, config => names[config]), cancellationToken);
        foreach (var bucket in kept)
            figures.Add(bucket);

        await session.ExecuteManyAsync(
            """
            INSERT INTO pair_figures (span, config, bucket, reference, match, mismatch, ignored, error, paths)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
            ON CONFLICT (span, config, bucket, reference) DO UPDATE SET match = excluded.match, mismatch = excluded.mismatch,
                ignored = excluded.ignored, error = excluded.error, paths = excluded.paths
            """,
            [.. known.Select(bucket => (object?[])
            [
                .. Key(span, bucket.Experiment, bucket.ConfigId, bucket.Start), numbers.ConfigOf(bucket.Experiment, bucket.ReferenceConfigId), bucket.Match,
                bucket.Mismatch, bucket.Ignored, bucket.Error, StoredJson.Write(bucket.Paths),
            ])],
            cancellationToken);
    }

    private async Task WriteFailuresAsync(int span, FigureCounter figures, CancellationToken cancellationToken)
    {
        var known = figures.Failures;
        if (known.Count == 0)
            return;

        var configs = known.Select(bucket => (bucket.Experiment, bucket.ConfigId)).Distinct()
            .ToDictionary(config => numbers.ConfigOf(config.Experiment, config.ConfigId));
        var types = known.Select(bucket => bucket.ErrorType).Distinct(StringComparer.Ordinal).ToDictionary(numbers.NameOf);
        var kept = await session.QueryManyAsync(
            $"SELECT {FigureRows.FailureColumns} FROM failure_figures WHERE span = @p0 AND config = @p1 AND bucket = @p2 AND error_type = @p3",
            [.. known.Select(bucket => (object?[])
                [.. Key(span, bucket.Experiment, bucket.ConfigId, bucket.Start), numbers.NameOf(bucket.ErrorType)])],
            reader => FigureRows.ReadFailure(reader, session, config => configs[config], type => types[type]), cancellationToken);
        foreach (var bucket in kept)
            figures.Add(bucket);

        await session.ExecuteManyAsync(
            """
            INSERT INTO failure_figures (span, config, bucket, error_type, failures, last_at, last_run_id, last_branch_id, last_message)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
            ON CONFLICT (span, config, bucket, error_type) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at,
                last_run_id = excluded.last_run_id, last_branch_id = excluded.last_branch_id, last_message = excluded.last_message
            """,
            [.. known.Select(bucket => (object?[])
            [
                .. Key(span, bucket.Experiment, bucket.ConfigId, bucket.Start), numbers.NameOf(bucket.ErrorType), bucket.Count,
                StoredTime.Of(bucket.LastAt), session.Id(bucket.LastRunId), session.Id(bucket.LastBranchId), StoredText.Of(bucket.LastMessage),
            ])],
            cancellationToken);
    }

    private object?[] Key(int span, string experiment, string configId, DateTimeOffset start) =>
        [span, numbers.ConfigOf(experiment, configId), Minutes.Of(start)];
}
