using Spearmint.Domain;
using Spearmint.Host.Storage.Sql;

namespace Spearmint.Host.Storage;

/// <summary>What holds for every store that outlives its process.</summary>
public abstract partial class DatabaseStoreTests : StoreTests
{
    private static readonly StatisticsQuery All = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    private string _place = "";

    private protected SqlStore Database => (SqlStore)Store;

    private protected abstract string NextPlace();

    private protected abstract SqlStore At(string place);

    private protected override async Task<IBranchStore> OpenAsync()
    {
        _place = NextPlace();
        return await StartAsync();
    }

    [StoreFact]
    public async Task What_was_kept_is_there_after_the_next_start()
    {
        var log = RandomLog.Of(seed: 5, runs: 40);
        await Store.Sink.WriteAsync([.. log], CancellationToken.None);
        var branches = await Store.AllBranchesAsync(new BranchFilter { Status = BranchStatus.Success }, 100);
        await Store.DisposeAsync();

        await using var again = await StartAsync();

        Assert.NotEmpty(branches);
        Assert.Equal(branches, await again.AllBranchesAsync(new BranchFilter { Status = BranchStatus.Success }, 100));
    }

    [StoreFact]
    public async Task A_batch_that_comes_again_after_its_connection_broke_is_written_once()
    {
        var log = RandomLog.Of(seed: 6, runs: 30);
        await Store.Sink.WriteAsync([.. log], CancellationToken.None);
        var before = await AllFiguresAsync();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Database.WriteAsync<int>(_ => throw new IOException("gone"), CancellationToken.None));
        await Store.Sink.WriteAsync([.. log], CancellationToken.None);

        Assert.NotEmpty(before);
        Assert.Equal(before, await AllFiguresAsync());
        Assert.Equal("gone", (await Store.GetStatusAsync(CancellationToken.None)).LastError);
    }

    [StoreFact]
    public async Task Branches_that_a_process_left_pending_are_cancelled_at_the_next_start()
    {
        var branch = RandomLog.Branch(1, RandomLog.Begin);
        await Store.Sink.WriteAsync([branch.Started(1)], CancellationToken.None);
        await Store.DisposeAsync();

        await using var again = await StartAsync();

        var ended = await again.GetBranchAsync(branch.BranchId, CancellationToken.None);
        Assert.Equal(BranchStatus.Cancelled, ended?.Status);
        Assert.Equal(typeof(ProcessEndedException).FullName, ended?.Error?.Type);
        Assert.Equal(1, (await again.GetConfigBucketsAsync(All, default)).Single().Cancelled);
        Assert.Equal(1, (await again.GetStatusAsync(default)).Branches);
    }

    [StoreFact]
    public async Task A_later_version_of_the_tables_is_refused_with_its_number()
    {
        await Database.WriteAsync(session => session.ExecuteAsync("UPDATE schema_version SET version = 999", CancellationToken.None), CancellationToken.None);
        await Store.DisposeAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(StartAsync);

        Assert.Contains("999", refused.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task What_lies_far_back_is_found_by_turning_pages()
    {
        var old = RandomLog.Branch(1, RandomLog.Begin, role: BranchRole.Shadow);
        await WriteAsync([old, .. Enumerable.Range(2, 8000).Select(number => RandomLog.Branch(number, RandomLog.Begin.AddMilliseconds(number)))]);
        var filter = new BranchFilter { Experiment = "rank", Role = BranchRole.Shadow };

        var first = await Store.ListBranchesAsync(filter, null, 10, CancellationToken.None);

        Assert.Empty(first.Items);
        Assert.NotNull(first.Next);
        Assert.Equal(StoreView.ListedText((await Store.GetBranchAsync(old.BranchId, CancellationToken.None))!), Assert.Single(await Store.AllBranchesAsync(filter, 10)));
        Assert.Single(await Store.AllRunsAsync(filter, 10));
    }

    [StoreFact]
    public async Task A_page_ends_where_its_branches_take_much_memory_and_has_no_inputs()
    {
        var system = Akka.Actor.ActorSystem.Create("store-tests");
        try
        {
            var client = Client.SpearmintClient.For(system);
            await client.RegisterSinkAsync(Configuration.StorageExtensions.SinkName, Store.Sink, Configuration.StorageExtensions.Feeding);
            var experiment = client.CreateExperiment<string, string>(
                "large", [new("a", (_, _) => Task.FromResult(new string('x', 60_000)))], Strategies.Strategy.RoundRobin,
                new Client.ExperimentOptions { RecordOutput = true, RecordInput = true });
            for (var run = 0; run < 400; run++)
                await experiment.RunAsync("input");
            Assert.Empty(await client.FlushAsync(TimeSpan.FromSeconds(30)));
        }
        finally
        {
            await system.Terminate();
        }

        var page = await Store.ListBranchesAsync(new BranchFilter(), null, 1000, CancellationToken.None);
        var rest = await Store.ListBranchesAsync(new BranchFilter(), page.Next, 1000, CancellationToken.None);

        Assert.InRange(page.Items.Count, 200, 300);
        Assert.Equal(400, page.Items.Count + rest.Items.Count);
        Assert.All(page.Items, branch => Assert.Null(branch.Input));
        Assert.Equal("\"input\"", (await Store.GetBranchAsync(page.Items[0].BranchId, CancellationToken.None))!.Input?.GetRawText());
    }

    [StoreFact]
    public async Task Old_branches_go_by_age_and_what_went_is_counted()
    {
        var old = Enumerable.Range(1, 3000).Select(number => RandomLog.Branch(number, RandomLog.Begin.AddDays(-2).AddMilliseconds(number))).ToList();
        var young = Enumerable.Range(5001, 10).Select(number => RandomLog.Branch(number, RandomLog.Begin.AddMilliseconds(number))).ToList();
        await WriteAsync([.. old, .. young]);
        using var retention = RetentionOf(RandomLog.Begin.AddDays(1), keepBranches: TimeSpan.FromDays(2), maxBytes: long.MaxValue);

        Assert.Equal(3000, await retention.RemoveAsync(CancellationToken.None));

        var status = await Store.GetStatusAsync(CancellationToken.None);
        Assert.Equal((10, 3000, 0), (status.Branches, status.RemovedByAge, status.RemovedBySize));
        Assert.Equal(old[^1].StartedAt, status.RemovedUpTo);
        Assert.Equal(10, (await Store.AllBranchesAsync(BranchFilter.All, 100)).Count);
        Assert.Equal(3010, (await Store.GetConfigBucketsAsync(All, default)).Single().Count);
    }

    [StoreFact]
    public async Task The_oldest_branches_go_when_there_is_too_much()
    {
        await WriteAsync([.. Enumerable.Range(1, 6000).Select(number => RandomLog.Branch(number, RandomLog.Begin.AddMilliseconds(number)))]);
        var used = await UsedAsync();
        using var retention = RetentionOf(RandomLog.Begin, keepBranches: TimeSpan.FromDays(2), maxBytes: used / 2);

        var removed = await retention.RemoveAsync(CancellationToken.None);

        var status = await Store.GetStatusAsync(CancellationToken.None);
        Assert.InRange(removed, 2000, 4000);
        Assert.Equal((6000 - removed, removed), (status.Branches, status.RemovedBySize));
        Assert.True(await UsedAsync() <= used / 2);
        Assert.Equal(0, await retention.RemoveAsync(CancellationToken.None));
    }

    [StoreFact]
    public async Task Old_figures_go_by_their_own_age()
    {
        await WriteAsync([RandomLog.Branch(1, RandomLog.Begin.AddDays(-50)), RandomLog.Branch(2, RandomLog.Begin)]);
        using var retention = RetentionOf(RandomLog.Begin.AddDays(1), TimeSpan.FromDays(90), long.MaxValue, keepFigures: TimeSpan.FromDays(20));

        await retention.RemoveAsync(CancellationToken.None);

        var all = await Store.GetConfigBucketsAsync(All, default);
        Assert.Equal(1, all.Single().Count);
    }

    private protected async Task<SqlStore> StartAsync()
    {
        var store = At(_place);
        try
        {
            await store.StartAsync(CancellationToken.None);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private protected async Task WriteAsync(IReadOnlyList<StoredBranch> branches)
    {
        var sequence = 0L;
        foreach (var part in branches.Chunk(1000))
        {
            await Store.Sink.WriteAsync(
                [.. part.SelectMany(branch => new ExperimentEvent[] { branch.Started(++sequence), branch.Finished(++sequence, BranchStatus.Success, TimeSpan.FromMilliseconds(3)) })],
                CancellationToken.None);
        }
    }

    private async Task<List<string>> AllFiguresAsync() =>
    [
        .. (await Store.GetConfigBucketsAsync(All, default)).Select(StoreView.Text),
        .. (await Store.GetPairBucketsAsync(All, default)).Select(StoreView.Text),
        .. (await Store.GetFailuresAsync(All, default)).Select(group => group.ToString()),
    ];

    private Task<long> UsedAsync() =>
        Database.WriteAsync(async session => await session.NumberAsync("SELECT value FROM totals WHERE name = 'bytes'", default) ?? 0, CancellationToken.None);

    private Retention RetentionOf(DateTimeOffset now, TimeSpan keepBranches, long maxBytes, TimeSpan? keepFigures = null, SqlStore? store = null, TimeSpan? keepMinutes = null) => new(
        store ?? Database,
        new Configuration.StorageOptions
        {
            KeepBranches = keepBranches,
            MaxBytes = maxBytes,
            KeepFigures = keepFigures ?? TimeSpan.FromDays(400),
            KeepMinutes = keepMinutes ?? TimeSpan.FromDays(90),
        },
        new StillClock(now),
        Microsoft.Extensions.Logging.Abstractions.NullLogger<Retention>.Instance);

    private sealed class StillClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
