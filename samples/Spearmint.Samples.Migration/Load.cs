using Spearmint.Client;

namespace Spearmint.Samples;

/// <summary>Readers and writers that never pause, all on the same rows.</summary>
internal sealed class Load(Migration<long, Customer?, Save> migration, Ledger ledger, Copies copies, int rows)
{
    private const int Readers = 4;
    private const int Writers = 4;

    private long _reads;

    public long Reads => Volatile.Read(ref _reads);

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
    [
        .. Enumerable.Range(0, Readers).Select(number => Task.Run(() => ReadAsync(new Random(number), stop), CancellationToken.None)),
        .. Enumerable.Range(Readers, Writers).Select(number => Task.Run(() => WriteAsync(new Random(number), stop), CancellationToken.None)),
    ]);

    /// <summary>Writes a row and notes it in the ledger.</summary>
    public async Task WriteAsync(Save save)
    {
        var entry = ledger.Begin(save);
        var written = await migration.WriteAsync(save);
        if (written.Behind is { } behind)
            await copies.CopyAsync(save.Id, fromOld: behind.Config.Id == "new");
        ledger.End(save.Id, entry);
    }

    public static Customer Some(long id, Random random) => new(
        id, $"First{random.Next(1000)}", $"Last{random.Next(1000)}", $"{Guid.NewGuid():N}@example.org", random.Next(1_000_000) / 100m);

    private async Task ReadAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await migration.ReadAsync(Id(random), CancellationToken.None);
            Interlocked.Increment(ref _reads);
        }
    }

    // a few rows are hot, some are deleted, and some are new
    private async Task WriteAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var id = random.Next(4) == 0 ? random.Next(10) : Id(random);
            await WriteAsync(new Save(id, random.Next(10) == 0 ? null : Some(id, random)));
        }
    }

    private long Id(Random random) => random.Next(rows + (rows / 10));
}
