using System.Diagnostics;
using Npgsql;
using Spearmint.Host.Storage.Postgres;
using Spearmint.Host.Storage.Sql;
using Spearmint.Host.Storage.Sqlite;

namespace Spearmint.StorageBench.Rates;

/// <summary>Measures writing and reading, of SQLite and, where a connection string is given, of PostgreSQL.</summary>
internal static class Measurements
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    // a batch of the sink has at most 4096 events: two of each branch, and some comparisons
    private const int BranchesOfBatch = 1750;

    public static async Task<int> RunAsync(bool isQuick, string? postgres, string? only)
    {
        var (rateBranches, listBranches) = isQuick ? (20_000, 50_000) : (300_000, 2_000_000);
        Console.WriteLine($"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
        var folder = Directory.CreateTempSubdirectory("spearmint-bench-");
        try
        {
            string File(string name) => Path.Combine(folder.FullName, name);
            if (only is null)
            {
                await RatesAsync(
                    "SQLite", rateBranches, name => new SqliteStore(File(name), TimeProvider.System),
                    (name, rows) =>
                    {
                        BareLoop.Sqlite(File(name), rows);
                        return Task.CompletedTask;
                    });
            }

            await ReadingAsync("SQLite", listBranches, new SqliteStore(File("list"), TimeProvider.System), only);
            if (postgres is not null)
            {
                string Schema(string name) => new NpgsqlConnectionStringBuilder(postgres) { SearchPath = $"bench_{folder.Name.Replace('-', '_')}_{name}" }.ToString();
                if (only is null)
                {
                    await RatesAsync(
                        "PostgreSQL", rateBranches, name => new PostgresStore(Schema(name), TimeProvider.System),
                        (name, rows) => BareLoop.PostgresAsync(Schema(name), rows));
                }

                await ReadingAsync("PostgreSQL", listBranches, new PostgresStore(Schema("list"), TimeProvider.System), only);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Fills a SQLite file with branches of the 30 days before now, for a service to be asked about.</summary>
    public static async Task<int> FillAsync(string database, int branches)
    {
        await using var store = new SqliteStore(database, TimeProvider.System);
        await FillAsync(store, branches, TimeProvider.System.GetUtcNow().AddDays(-30));
        return 0;
    }

    private static async Task<BranchMaker> FillAsync(SqlStore store, int branches, DateTimeOffset begin)
    {
        await store.StartAsync(CancellationToken.None);
        var maker = new BranchMaker(begin, TimeSpan.FromDays(30) / branches);
        for (var left = branches; left > 0; left -= BranchesOfBatch)
            await store.Sink.WriteAsync(maker.Batch(Math.Min(left, BranchesOfBatch)), CancellationToken.None);
        return maker;
    }

    private static async Task RatesAsync(string database, int branches, Func<string, SqlStore> open, Func<string, List<List<BranchValues>>, Task> bare)
    {
        // one after the other, three times: the machine may be busier at one time than at another
        var maker = new BranchMaker(Begin, TimeSpan.FromMicroseconds(20));
        var batches = Enumerable.Range(0, branches / BranchesOfBatch).Select(_ => maker.Batch(BranchesOfBatch)).ToList();
        Console.WriteLine($"\n{database}: {batches.Count * BranchesOfBatch} branches in batches of {batches[0].Count} events");
        for (var round = 1; round <= 3; round++)
        {
            List<List<BranchValues>> rows;
            await using (var store = open($"bare{round}"))
            {
                await store.StartAsync(CancellationToken.None);
                rows = await BareLoop.RowsAsync(store, batches);
            }

            var least = await TimeAsync("bare loop", rows.Sum(batch => batch.Count), () => bare($"bare{round}", rows));
            rows.Clear();
            await using var filled = open($"sink{round}");
            await filled.StartAsync(CancellationToken.None);
            var sink = await TimeAsync("sink", batches.Count * BranchesOfBatch, async () =>
            {
                foreach (var batch in batches)
                    await filled.Sink.WriteAsync(batch, CancellationToken.None);
            });
            Console.WriteLine($"  the sink takes {sink / least:0.00} times as long");
        }
    }

    private static async Task<double> TimeAsync(string what, int branches, Func<Task> work)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (user, all) = (process.UserProcessorTime, Stopwatch.GetTimestamp());
        await work();
        var elapsed = Stopwatch.GetElapsedTime(all);
        process.Refresh();
        Console.WriteLine(
            $"  {what,-10} {branches / elapsed.TotalSeconds,9:#,0} branches/s, {elapsed.TotalMicroseconds / branches:0.0} us each, "
            + $"of which {(process.UserProcessorTime - user).TotalMicroseconds / branches:0.0} us are user time of this process");
        return elapsed.TotalSeconds;
    }

    private static async Task ReadingAsync(string database, int branches, SqlStore store, string? only)
    {
        await using var filled = store;
        var maker = await FillAsync(store, branches, Begin);
        Console.WriteLine($"\n{database}: {branches} branches of 30 days, {(await store.GetStatusAsync(CancellationToken.None)).SizeBytes / branches} bytes each");
        await Requests.MeasureAsync(store, Begin, maker.Now, only);
    }
}
