using Serilog;
using Serilog.Events;
using Spearmint.Domain;

namespace Spearmint.Sinks;

/// <summary>
/// Writes one structured Serilog event per event: starts, and branches that were skipped, at Debug; ends at Information; a failed or
/// timed-out primary at Error, since a caller saw it, and any other failed or timed-out branch at Warning. A function that went on after
/// its branch, a quarantined config and events that did not get here are Warnings, a config's release is Information.
/// </summary>
/// <param name="logger">Where to write.</param>
public sealed class SerilogSink(ILogger logger) : IBranchSink
{
    private readonly ILogger _logger = logger.ForContext<SerilogSink>();

    /// <inheritdoc />
    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        foreach (var happened in batch)
            Write(happened);

        return Task.CompletedTask;
    }

    private void Write(ExperimentEvent happened)
    {
        switch (happened)
        {
            case BranchFinished finished:
                Write(finished);
                break;
            case BranchStarted started:
                Write(started);
                break;
            case BranchLate late:
                Write(late);
                break;
            case ConfigQuarantined quarantined:
                Numbered(quarantined).Warning("{Strategy} has quarantined {ConfigId}: {Failures} failures, next probe in {PauseMs:0.###} ms",
                    quarantined.Strategy, quarantined.ConfigId, quarantined.Failures, quarantined.Pause.TotalMilliseconds);
                break;
            case ConfigReleased released:
                Numbered(released).Information("{Strategy} has released {ConfigId} from quarantine", released.Strategy, released.ConfigId);
                break;
            case EventsDropped dropped:
                Numbered(dropped).Warning("Events {First} to {Last} are missing here: {Reason}", dropped.Sequence, dropped.Last, dropped.Reason);
                break;
        }
    }

    private static LogEventLevel LevelOf(BranchFinished finished) => finished.Status switch
    {
        BranchStatus.Failed or BranchStatus.TimedOut => finished.Role == BranchRole.Primary ? LogEventLevel.Error : LogEventLevel.Warning,
        BranchStatus.Skipped => LogEventLevel.Debug,
        _ => LogEventLevel.Information,
    };

    private void Write(BranchStarted started)
    {
        if (!_logger.IsEnabled(LogEventLevel.Debug))
            return;

        Enriched(started)
            .ForContext("ConfigValues", started.ConfigValues.GetRawText())
            .Debug("{Experiment} started {Role} {ConfigId}", started.Experiment, started.Role, started.ConfigId);
    }

    private void Write(BranchFinished finished)
    {
        var level = LevelOf(finished);
        if (!_logger.IsEnabled(level))
            return;

        var log = Enriched(finished, finished.Metrics);
        if (finished.SkipReason is not null)
            log.Write(level, "{Experiment} skipped {Role} {ConfigId}: {SkipReason}", finished.Experiment, finished.Role, finished.ConfigId, finished.SkipReason);
        else if (finished.Error is not null)
            WriteError(log, level, finished, finished.Error);
        else
            log.Write(level, "{Experiment} ended {Role} {ConfigId}: {Status} in {DurationMs:0.###} ms",
                finished.Experiment, finished.Role, finished.ConfigId, finished.Status, finished.Duration.TotalMilliseconds);
    }

    private static void WriteError(ILogger log, LogEventLevel level, BranchFinished finished, BranchError error) => log
        .ForContext("ErrorStack", error.StackTrace)
        .Write(level, "{Experiment} ended {Role} {ConfigId}: {Status} in {DurationMs:0.###} ms: {ErrorType}: {ErrorMessage}",
            finished.Experiment, finished.Role, finished.ConfigId, finished.Status, finished.Duration.TotalMilliseconds, error.Type, error.Message);

    private void Write(BranchLate late)
    {
        var log = Enriched(late, late.Metrics);
        if (late.Error is { } error)
            log = log.ForContext("ErrorType", error.Type).ForContext("ErrorMessage", error.Message).ForContext("ErrorStack", error.StackTrace);
        log.Warning("{Experiment} went on after the end of {Role} {ConfigId}: {Status} after {DurationMs:0.###} ms",
            late.Experiment, late.Role, late.ConfigId, late.Status, late.Duration.TotalMilliseconds);
    }

    private ILogger Enriched(BranchEvent happened, IReadOnlyDictionary<string, double>? metrics = null)
    {
        var log = Numbered(happened)
            .ForContext("RunId", happened.RunId)
            .ForContext("BranchId", happened.BranchId)
            .ForContext("Strategy", happened.Strategy);
        if (happened.TraceId is { } traceId)
            log = log.ForContext("TraceId", traceId);
        return metrics is { Count: > 0 } ? log.ForContext("Metrics", metrics) : log;
    }

    private ILogger Numbered(ExperimentEvent happened) => _logger.ForContext("Sequence", happened.Sequence);
}
