using Spearmint.Host.Configuration;
using Spearmint.Host.Storage.Figures;
using Spearmint.Host.Storage.Sql;

namespace Spearmint.Host.Storage;

/// <summary>Opens the store at the start of the host, and removes what is too old or too much, in small steps between the batches of the writer.</summary>
internal sealed partial class Retention(SqlStore store, StorageOptions options, TimeProvider clock, ILogger<Retention> logger) : BackgroundService
{
    // a table or a file does not shrink when rows go, and is filled again: what the branches use is what was counted
    private const string Bytes = "SELECT value FROM totals WHERE name = 'bytes'";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.StartAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Removes all that is to go now.</summary>
    /// <returns>How many branches have gone.</returns>
    public async Task<long> RemoveAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var removed = await RemoveByAgeAsync(now - options.KeepBranches, cancellationToken);
        removed += await RemoveBySizeAsync(cancellationToken);
        await RemoveFiguresAsync(now, cancellationToken);
        return removed;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            do
            {
                await TryRemoveAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // the host ends
        }
    }

    private async Task TryRemoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await RemoveAsync(cancellationToken) is > 0 and var removed)
                LogRemoved(removed);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // what goes wrong here ends no host that keeps more than it should
            LogFailed(e.Message, e as StorageUnavailableException is null ? e : null);
        }
    }

    private async Task<long> RemoveByAgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0L;
        int step;
        do
        {
            step = await store.WriteAsync(session => new OldRows(session).RemoveBranchesAsync(before, "removed_by_age", cancellationToken), cancellationToken);
            removed += step;
        }
        while (step > 0);
        return removed;
    }

    private async Task<long> RemoveBySizeAsync(CancellationToken cancellationToken)
    {
        var removed = 0L;
        int step;
        do
        {
            step = await store.WriteAsync(
                async session => await session.NumberAsync(Bytes, cancellationToken) > options.MaxBytes
                    ? await new OldRows(session).RemoveBranchesAsync(before: null, "removed_by_size", cancellationToken)
                    : 0,
                cancellationToken);
            removed += step;
        }
        while (step > 0);
        return removed;
    }

    private async Task RemoveFiguresAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var firstMinute = Minutes.StartOf(Minutes.Of(now - options.KeepMinutes), FigureWriter.HourSpan);
        await store.WriteAsync(session => new OldRows(session).SetFirstMinuteAsync(firstMinute, cancellationToken), cancellationToken);
        foreach (var span in FigureWriter.Spans)
        {
            var before = span < FigureWriter.HourSpan ? firstMinute : Minutes.Of(now - options.KeepFigures);
            while (await store.WriteAsync(session => new OldRows(session).RemoveFiguresAsync(span, before, cancellationToken), cancellationToken) > 0)
            {
                // a step at a time, with batches in between
            }
        }

        await store.WriteAsync(
            async session =>
            {
                await new OldRows(session).RemoveOthersAsync(now - options.KeepFigures, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Removed} branches were removed from the store, since they were too old or too many.")]
    private partial void LogRemoved(long removed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing could be removed from the store: {Reason}")]
    private partial void LogFailed(string reason, Exception? exception);
}
