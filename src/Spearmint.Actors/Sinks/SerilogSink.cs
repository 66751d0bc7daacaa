using Serilog;
using Serilog.Events;
using Spearmint.Domain;

namespace Spearmint.Sinks;

/// <summary>
/// Writes one structured Serilog event per event: starts, and branches that were skipped, at Debug; ends at Information; a failed or
/// timed-out primary at Error, since a caller saw it, and any other failed or timed-out branch at Warning. A branch that differs from the one
/// it is measured by, or could not be compared, a function that went on after its branch, a quarantined config, a migration that went back a
/// stage, a hook that failed and events that did not get here are Warnings, a config's release is Information, and comparisons that found
/// nothing are at Debug.
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
            case BranchCompared compared:
                Write(compared);
                break;
            case ConfigQuarantined quarantined:
                Numbered(quarantined).Warning("{Strategy} has quarantined {ConfigId}: {Failures} failures, next probe in {PauseMs:0.###} ms",
                    quarantined.Strategy, quarantined.ConfigId, quarantined.Failures, quarantined.Pause.TotalMilliseconds);
                break;
            case ConfigReleased released:
                Numbered(released).Information("{Strategy} has released {ConfigId} from quarantine", released.Strategy, released.ConfigId);
                break;
            case HookFailed failed:
                Write(failed);
                break;
            case MigrationSteppedBack back:
                Numbered(back).Warning("{Strategy} has gone back from {From} to {To}: {Mismatches} of the latest {Window} reads differ",
                    back.Strategy, back.From, back.To, back.Mismatches, back.Window);
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

    private void Write(BranchCompared compared)
    {
        var comparison = compared.Comparison;
        var level = comparison.Verdict is ComparisonVerdict.Mismatch or ComparisonVerdict.Error ? LogEventLevel.Warning : LogEventLevel.Debug;
        if (!_logger.IsEnabled(level))
            return;

        var log = Enriched(compared)
            .ForContext("ReferenceBranchId", comparison.ReferenceBranchId)
            .ForContext("DurationDifferenceMs", comparison.DurationDifference.TotalMilliseconds)
            .ForContext("Differences", comparison.Differences.Select(difference => difference.ToString()));
        if (comparison.Error is { } error)
            log.Write(level, "{Experiment} could not compare {Role} {ConfigId} with {ReferenceConfigId}: {ErrorType}: {ErrorMessage}",
                compared.Experiment, compared.Role, compared.ConfigId, comparison.ReferenceConfigId, error.Type, error.Message);
        else
            log.Write(level, "{Experiment} compared {Role} {ConfigId} with {ReferenceConfigId}: {Verdict} at {DifferenceCount} places {IgnoredBy}",
                compared.Experiment, compared.Role, compared.ConfigId, comparison.ReferenceConfigId, comparison.Verdict, comparison.DifferenceCount, comparison.IgnoredBy);
    }

    private void Write(HookFailed failed) => Numbered(failed)
        .ForContext("ErrorStack", failed.Error.StackTrace)
        .Warning("{Experiment}: hook {Hook} failed: {ErrorType}: {ErrorMessage}", failed.Experiment, failed.Hook, failed.Error.Type, failed.Error.Message);

    private ILogger Enriched(BranchEvent happened, IReadOnlyDictionary<string, double>? metrics = null)
    {
        var log = Numbered(happened)
            .ForContext("RunId", happened.RunId)
            .ForContext("BranchId", happened.BranchId)
            .ForContext("Strategy", happened.Strategy);
        if (happened.TraceId is { } traceId)
            log = log.ForContext("TraceId", traceId);
        if (happened.ParentBranchId is { } parent)
            log = log.ForContext("ParentRunId", happened.ParentRunId).ForContext("ParentBranchId", parent);
        if (happened.Context.Count > 0)
            log = log.ForContext("Context", new Dictionary<string, string>(happened.Context));
        return metrics is { Count: > 0 } ? log.ForContext("Metrics", metrics) : log;
    }

    private ILogger Numbered(ExperimentEvent happened) => _logger.ForContext("Sequence", happened.Sequence);
}
