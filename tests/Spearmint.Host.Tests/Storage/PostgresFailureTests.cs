using Spearmint.Domain;
using Spearmint.Host.Configuration;
using Spearmint.Host.Storage.Postgres;

namespace Spearmint.Host.Storage;

/// <summary>What happens when PostgreSQL goes in the middle of the load.</summary>
public sealed class PostgresFailureTests
{
    private static readonly SinkOptions OneAttempt = StorageExtensions.Feeding with { Attempts = 1 };

    [OwnPostgresFact]
    public async Task A_restart_loses_nothing_and_writes_nothing_twice()
    {
        await WithServerAsync(async (server, store) =>
        {
            await using var load = await StoreLoad.StartAsync(store, StorageExtensions.Feeding);
            await load.RunAsync(200);
            await server.StopAsync();
            await load.RunAsync(200);
            await server.StartAsync();
            await load.RunAsync(50);
            await load.FlushAsync();

            await load.AssertCompleteAsync(store, nothingIsLost: true);
        });
    }

    [OwnPostgresFact]
    public async Task What_is_lost_while_it_is_away_is_counted_and_a_reader_is_told()
    {
        await WithServerAsync(async (server, store) =>
        {
            await using var load = await StoreLoad.StartAsync(store, OneAttempt);
            await load.RunAsync(50);
            await load.FlushAsync();
            await server.StopAsync();
            await load.RunAsync(50);
            await load.FlushAsync();
            await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ListBranchesAsync(BranchFilter.All, null, 10, CancellationToken.None));
            await server.StartAsync();
            await load.RunAsync(50);
            await load.FlushAsync();

            await load.AssertCompleteAsync(store, nothingIsLost: false);
        });
    }

    [OwnPostgresFact]
    public async Task Stores_that_start_at_once_share_the_tables()
    {
        await WithServerAsync(async (server, _) =>
        {
            var stores = Enumerable.Range(0, 4).Select(_ => new PostgresStore(server.ConnectionString("Shared", own: true), TimeProvider.System)).ToList();
            await Task.WhenAll(stores.Select(store => store.StartAsync(CancellationToken.None)));
            await Task.WhenAll(stores.Select((store, index) => store.Sink.WriteAsync(
                [RandomLog.Branch(index, RandomLog.Begin).Started(1), RandomLog.Branch(index, RandomLog.Begin).Finished(2, BranchStatus.Success, TimeSpan.Zero)],
                CancellationToken.None)));

            Assert.Equal(4, (await stores[0].GetConfigBucketsAsync(new StatisticsQuery(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), default)).Single().Success);
            foreach (var store in stores)
                await store.DisposeAsync();
        });
    }

    [OwnPostgresFact]
    public async Task A_role_that_may_only_use_the_tables_that_are_there_is_enough()
    {
        await WithServerAsync(async (server, store) =>
        {
            await store.WriteAsync(
                async session =>
                {
                    await session.ExecuteScriptAsync(
                        """
                        CREATE ROLE worker LOGIN; GRANT USAGE ON SCHEMA failures TO worker;
                        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA failures TO worker
                        """, CancellationToken.None);
                    return true;
                },
                CancellationToken.None);
            var settings = new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString("failures", own: true)) { Username = "worker" };
            await using var worker = new PostgresStore(settings.ToString(), TimeProvider.System);

            await worker.StartAsync(CancellationToken.None);
            await worker.Sink.WriteAsync([RandomLog.Branch(1, RandomLog.Begin).Started(1)], CancellationToken.None);

            Assert.Equal(1, (await worker.GetStatusAsync(CancellationToken.None)).Branches);
        });
    }

    [OwnPostgresFact]
    public async Task One_that_is_not_there_is_an_error_that_says_where_it_was_looked_for()
    {
        await using var store = new PostgresStore("Host=127.0.0.1;Port=1;Database=nowhere;Username=me;Password=secret-word", TimeProvider.System);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => store.StartAsync(CancellationToken.None));

        Assert.Contains("127.0.0.1:1/nowhere", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", refused.ToString(), StringComparison.Ordinal);
    }

    private static async Task WithServerAsync(Func<PostgresServer, PostgresStore, Task> test)
    {
        using var server = new PostgresServer();
        await server.CreateAsync();
        try
        {
            await using var store = new PostgresStore(server.ConnectionString("failures", own: true), TimeProvider.System);
            await store.StartAsync(CancellationToken.None);
            await test(server, store);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private sealed class OwnPostgresFactAttribute : FactAttribute
    {
        public OwnPostgresFactAttribute() => Skip = PostgresServer.NoneOfOwn;
    }
}
