using Serilog;
using Serilog.Events;
using Spearmint.Domain;

namespace Spearmint.Sinks;

/// <summary>
/// Writes one structured Serilog event per branch event: starts at Debug; ends at Information; a failed or timed-out primary at Error,
/// since a caller saw it, and any other failed or timed-out branch at Warning.
/// </summary>
/// <param name="logger">Where to write.</param>
public sealed class SerilogSink(ILogger logger) : IBranchSink
{
    private readonly ILogger _logger = logger.ForContext<SerilogSink>();

    /// <inheritdoc />
    public Task WriteAsync(IReadOnlyList<BranchEvent> batch, CancellationToken cancellationToken)
    {
        foreach (var happened in batch)
        {
            if (happened is BranchFinished finished)
                Write(finished);
            else if (happened is BranchStarted started)
                Write(started);
        }

        return Task.CompletedTask;
    }

    private static LogEventLevel LevelOf(BranchFinished finished) => finished.Status switch
    {
        BranchStatus.Failed or BranchStatus.TimedOut => finished.Role == BranchRole.Primary ? LogEventLevel.Error : LogEventLevel.Warning,
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

        var log = Enriched(finished);
        if (finished.Error is null)
        {
            log.Write(level, "{Experiment} ended {Role} {ConfigId}: {Status} in {DurationMs:0.###} ms",
                finished.Experiment, finished.Role, finished.ConfigId, finished.Status, finished.Duration.TotalMilliseconds);
            return;
        }

        log.ForContext("ErrorStack", finished.Error.StackTrace)
            .Write(level, "{Experiment} ended {Role} {ConfigId}: {Status} in {DurationMs:0.###} ms: {ErrorType}: {ErrorMessage}",
                finished.Experiment, finished.Role, finished.ConfigId, finished.Status, finished.Duration.TotalMilliseconds,
                finished.Error.Type, finished.Error.Message);
    }

    private ILogger Enriched(BranchEvent happened) => _logger
        .ForContext("Sequence", happened.Sequence)
        .ForContext("RunId", happened.RunId)
        .ForContext("BranchId", happened.BranchId)
        .ForContext("Strategy", happened.Strategy);
}
