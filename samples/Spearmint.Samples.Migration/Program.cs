using System.Globalization;
using Akka.Actor;
using Microsoft.Data.Sqlite;
using Spearmint.Client;
using Spearmint.Domain;

namespace Spearmint.Samples;

/// <summary>Migrates customers from one SQLite file to another while they are read and written.</summary>
internal static class Program
{
    /// <summary><c>[--bug] [--rows 2000] [--comparisons 1000]</c>. The exit code is 0 when everything was migrated and no row lost or changed.</summary>
    public static async Task<int> Main(string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("spearmint-migration-");
        try
        {
            return await RunAsync(
                folder.FullName, arguments.Contains("--bug"), Number(arguments, "--rows", 2000), Number(arguments, "--comparisons", 1000), Console.Out);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(string folder, bool hasBug, int rows, int comparisons, TextWriter output)
    {
        var oldStore = new OldStore(Path.Combine(folder, "old.db"));
        var newStore = new NewStore(Path.Combine(folder, "new.db"), hasBug);
        using var system = ActorSystem.Create("shop");
        var client = SpearmintClient.For(system);
        var progress = new Progress();
        await client.RegisterSinkAsync("progress", progress);

        var migration = client.CreateMigration("customers", oldStore, newStore, new MigrationOptions<long, Customer?, Save>
        {
            KeyOfCommand = save => Save.KeyOf(save.Id),
            KeyOfQuery = Save.KeyOf,
            Settings = new StrategySettings { MigrationGuard = new MigrationGuard { MaxMismatchRate = 0.01, Window = 100 } },
        });

        var ledger = new Ledger();
        var copies = new Copies(migration, oldStore, newStore);
        var load = new Load(migration, ledger, copies, rows);
        await output.WriteLineAsync("Off");
        var random = new Random(0);
        for (var id = 0; id < rows; id++)
            await load.WriteAsync(new Save(id, Load.Some(id, random)));

        using var stop = new CancellationTokenSource();
        var running = load.RunAsync(stop.Token);
        var isComplete = await new Walk(migration, copies, progress, load, ledger, output).RunAsync(comparisons);
        await stop.CancelAsync();
        await running;
        var answers = await migration.GetStageAsync() >= MigrationStage.Live ? (IMigrationStore<long, Customer?, Save>)newStore : oldStore;
        await system.Terminate();

        await output.WriteLineAsync($"{load.Reads} reads and {ledger.Writes} writes meanwhile; reads compared: {progress}");
        var isWhole = await CheckAsync(ledger, answers, output);
        if (isComplete)
            await output.WriteLineAsync($"migrated {newStore.Count()} rows");
        return isComplete && isWhole ? 0 : 1;
    }

    private static async Task<bool> CheckAsync(Ledger ledger, IMigrationStore<long, Customer?, Save> store, TextWriter output)
    {
        var wrong = 0;
        foreach (var id in ledger.Ids)
        {
            var found = await store.ReadAsync(id, CancellationToken.None);
            if (!ledger.Allows(id, found))
            {
                wrong++;
                await output.WriteLineAsync($"row {id} is not what was written: {found?.ToString() ?? "missing"}");
            }
        }

        await output.WriteLineAsync($"{store.GetType().Name}: " + (wrong == 0 ? "no row lost, no row changed" : $"{wrong} rows lost or changed"));
        return wrong == 0;
    }

    private static int Number(string[] arguments, string name, int otherwise) =>
        Array.IndexOf(arguments, name) is >= 0 and var place && place + 1 < arguments.Length
            ? int.Parse(arguments[place + 1], CultureInfo.InvariantCulture)
            : otherwise;
}
