using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Spearmint.Domain;
using Spearmint.Host.Storage;
using Spearmint.Host.Storage.Sqlite;

namespace Spearmint.StorageBench.Killing;

/// <summary>Kills a child at a random moment and looks at what is left.</summary>
/// <param name="folder">Where its store and its ledger are; what is there already stays and is looked at too.</param>
internal sealed class KillRound(string folder)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private string Database => Path.Combine(folder, "spearmint.db");

    private string Ledger => Path.Combine(folder, "ledger");

    /// <summary>Starts a child, lets it work for a while and kills it by SIGKILL.</summary>
    public async Task KillAsync(TimeSpan after)
    {
        var program = Path.Combine(AppContext.BaseDirectory, $"{typeof(KillRound).Assembly.GetName().Name}.dll");
        using var child = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, "child", Database, Ledger])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            using var bound = new CancellationTokenSource(Bound);
            if (await child.StandardOutput.ReadLineAsync(bound.Token) != Child.Begun)
                throw new InvalidOperationException("The child has not begun.");

            await Task.Delay(after, bound.Token);
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync();
        }
    }

    /// <summary>Opens the store as the next start does, and looks at it.</summary>
    /// <returns>How many branches are there; how many the ledger has.</returns>
    /// <exception cref="InvalidOperationException">Something is not as it was acknowledged.</exception>
    public async Task<(long Branches, int Acknowledged)> CheckAsync()
    {
        var acknowledged = ReadLedger();
        var kept = new Dictionary<Guid, string>();
        IReadOnlyList<ConfigBucket> figures;
        StorageStatus status;
        await using (var store = new SqliteStore(Database, TimeProvider.System))
        {
            await store.StartAsync(CancellationToken.None);
            figures = await store.GetConfigBucketsAsync(new StatisticsQuery(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), CancellationToken.None);
            status = await store.GetStatusAsync(CancellationToken.None);
        }

        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        Require("ok", Texts(connection, "PRAGMA integrity_check").Single(), "integrity_check");
        foreach (var line in Texts(connection, "SELECT hex(id) || ' ' || status FROM branches"))
        {
            if (!kept.TryAdd(new Guid(Convert.FromHexString(line[..32]), bigEndian: true), ((BranchStatus)int.Parse(line[33..], CultureInfo.InvariantCulture)).ToString()))
                throw new InvalidOperationException($"Branch {line} is there twice.");
        }

        foreach (var (id, ended) in acknowledged)
            Require(ended, kept.GetValueOrDefault(id, "nothing"), $"branch {id}");

        Require(0, kept.Values.Count(ended => ended == nameof(BranchStatus.Pending)), "pending branches");
        Require(kept.Count, (int)figures.Sum(bucket => bucket.Count), "branches in the figures");
        Require(kept.Count, (int)status.Branches, "branches in the status");
        Require(kept.Values.Count(ended => ended == nameof(BranchStatus.Success)), (int)figures.Sum(bucket => bucket.Success), "successes in the figures");
        Require(kept.Values.Count(ended => ended == nameof(BranchStatus.Failed)), (int)figures.Sum(bucket => bucket.Failed), "failures in the figures");
        Require(0, (int)status.LostEvents, "lost events");
        return (kept.Count, acknowledged.Count);
    }

    private Dictionary<Guid, string> ReadLedger()
    {
        var text = File.ReadAllText(Ledger);

        // the last line may be half
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Select(line => line.Split(' ')).ToDictionary(parts => Guid.Parse(parts[0]), parts => parts[1]);
    }

    private static IEnumerable<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts are the program's own
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return reader.GetString(0);
    }

    private static void Require<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"{what}: {expected} is right, {actual} is there.");
    }
}
