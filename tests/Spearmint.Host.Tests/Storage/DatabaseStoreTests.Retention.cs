using Microsoft.Extensions.Logging;
using Spearmint.Domain;

namespace Spearmint.Host.Storage;

/// <summary>What goes and what stays.</summary>
public abstract partial class DatabaseStoreTests
{
    [StoreFact]
    public async Task Branches_that_run_do_not_go_because_there_is_too_much()
    {
        var running = RandomLog.Branch(1, RandomLog.Begin.AddHours(-1));
        await WriteAsync([.. Enumerable.Range(2, 3000).Select(number => RandomLog.Branch(number, RandomLog.Begin.AddMilliseconds(number)))]);
        await Store.Sink.WriteAsync([running.Started(9001)], CancellationToken.None);
        using var retention = RetentionOf(RandomLog.Begin, keepBranches: TimeSpan.FromDays(2), maxBytes: 1);

        Assert.Equal(3000, await retention.RemoveAsync(CancellationToken.None));

        await Store.Sink.WriteAsync([running.Finished(9002, BranchStatus.Success, TimeSpan.Zero)], CancellationToken.None);
        Assert.NotNull((await Store.GetBranchAsync(running.BranchId, default))?.Started);
        Assert.Equal(1, (await Store.GetStatusAsync(default)).Branches);
    }

    [StoreFact]
    public async Task Figures_do_not_count_towards_the_limit()
    {
        await WriteAsync([.. Enumerable.Range(1, 1000).Select(number => RandomLog.Branch(number, RandomLog.Begin.AddMinutes(number), config: $"config {number}"))]);
        var bytes = await Database.WriteAsync(
            session => session.NumberAsync("SELECT value FROM totals WHERE name = 'bytes'", CancellationToken.None), CancellationToken.None);
        using var retention = RetentionOf(RandomLog.Begin.AddDays(2), TimeSpan.FromDays(30), bytes!.Value);

        Assert.Equal(0, await retention.RemoveAsync(CancellationToken.None));
    }

    [StoreFact]
    public async Task What_is_counted_is_about_what_branches_take()
    {
        await WriteAsync([.. Enumerable.Range(1, 20_000).Select(number => RandomLog.Branch(number, RandomLog.Begin.AddMilliseconds(number)))]);

        var taken = await Database.WriteAsync(
            async session => Database.Kind == "sqlite"
                ? await session.NumberAsync("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()", default)
                : await Database.GetSizeAsync(session, default),
            CancellationToken.None);

        Assert.InRange(await UsedAsync() / (double)taken!.Value, 0.6, 1.6);
    }

    [StoreFact]
    public async Task Figures_of_minutes_that_have_gone_are_those_of_whole_hours()
    {
        var hour = new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);
        var later = hour.AddDays(2);
        DateTimeOffset[] starts = [hour.AddMinutes(20), hour.AddMinutes(50), hour.AddMinutes(70), later.AddMinutes(20), later.AddMinutes(50)];
        await WriteAsync([.. starts.Select((at, number) => RandomLog.Branch(number, at))]);
        using var retention = RetentionOf(hour.AddDays(3), TimeSpan.FromDays(30), long.MaxValue, keepMinutes: TimeSpan.FromDays(2));

        await retention.RemoveAsync(CancellationToken.None);

        Assert.Equal(2, await Database.WriteAsync(session => session.NumberAsync("SELECT count(*) FROM config_figures WHERE span = 1", default), default));
        Assert.Equal(2, await CountAsync(hour.AddMinutes(30), hour.AddMinutes(40)));
        Assert.Equal(3, await CountAsync(hour.AddMinutes(30), hour.AddMinutes(61)));
        Assert.Equal(1, await CountAsync(later.AddMinutes(30), later.AddMinutes(60)));
        Assert.Equal(4, await CountAsync(hour.AddMinutes(30), later.AddMinutes(30)));
        Assert.Equal(5, await CountAsync(hour, later.AddDays(1), TimeSpan.FromMinutes(7)));

        async Task<long> CountAsync(DateTimeOffset from, DateTimeOffset to, TimeSpan? bucket = null) =>
            (await Store.GetConfigBucketsAsync(new StatisticsQuery(from, to) { Bucket = bucket }, default)).Sum(found => found.Count);
    }

    [StoreFact]
    public async Task Gaps_sessions_and_audits_go_with_the_figures_of_their_time()
    {
        await Store.Sink.WriteAsync([new EventsDropped(1, 5, DropReasons.Failed)], CancellationToken.None);
        await Store.AddAuditAsync(Entry(DateTimeOffset.UnixEpoch.AddDays(1)), default);
        await Store.AddAuditAsync(Entry(RandomLog.Begin.AddYears(100)), default);
        await Store.DisposeAsync();
        await using var again = await StartAsync();
        using var retention = RetentionOf(RandomLog.Begin.AddYears(50), TimeSpan.FromDays(1), long.MaxValue, store: again);

        await retention.RemoveAsync(CancellationToken.None);

        Assert.Single((await again.ListAuditAsync(null, 10, default)).Items);
        Assert.Equal(5, (await again.GetStatusAsync(default)).LostEvents);
        foreach (var (table, rows) in new[] { ("gaps", 0), ("sessions", 1) })
            Assert.Equal(rows, await again.WriteAsync(session => session.NumberAsync($"SELECT count(*) FROM {table}", default), default));

        static AuditEntry Entry(DateTimeOffset at) => new(Guid.CreateVersion7(at), at, "ann", "settings.change", "rank", "{}");
    }

    [StoreFact]
    public async Task What_goes_wrong_in_removing_is_logged_and_ends_nothing()
    {
        using var log = new LogSignal();
        using var retention = new Retention(
            Database, new Configuration.StorageOptions { KeepBranches = TimeSpan.FromDays(1) }, new StillClock(DateTimeOffset.MinValue), log.CreateLogger<Retention>());

        await retention.StartAsync(CancellationToken.None);

        Assert.Contains("Nothing could be removed", await log.Said.Task.WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
        await retention.StopAsync(CancellationToken.None);
    }

    /// <summary>Gives the first line that is logged.</summary>
    private sealed class LogSignal : ILoggerFactory, ILogger
    {
        public TaskCompletionSource<string> Said { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.TrySetResult(formatter(state, exception));
    }
}
