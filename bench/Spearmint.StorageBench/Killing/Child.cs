using Akka.Actor;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Configuration;
using Spearmint.Host.Storage.Sqlite;
using Spearmint.Strategies;

namespace Spearmint.StorageBench.Killing;

/// <summary>Runs experiments into a SQLite store until it is killed.</summary>
internal static class Child
{
    private const int Callers = 4;

    /// <summary>What it prints when the first batch is in the ledger.</summary>
    public const string Begun = "begun";

    public static async Task<int> RunAsync(string database, string ledger)
    {
        await using var store = new SqliteStore(database, TimeProvider.System);
        await store.StartAsync(CancellationToken.None);
        await using var lines = new FileStream(ledger, FileMode.Append, FileAccess.Write, FileShare.Read);
        var system = ActorSystem.Create("child");
        var client = SpearmintClient.For(system);
        await client.RegisterSinkAsync("store", new LedgerSink(store.Sink, lines, () => Console.WriteLine(Begun)), StorageExtensions.Feeding);
        var experiment = client.CreateExperiment<int, int>(
            "numbers",
            [new("old", RunAsync), new("new", RunAsync), new("wrong", (number, _) => number % 3 == 0 ? throw new ArithmeticException("three") : Task.FromResult(number))],
            Strategy.Shadow(),
            new ExperimentOptions { RecordInput = true, RecordOutput = true, Compare = Comparing.ComparisonRules.For<int, int>() });
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync(experiment)));
        return 0;
    }

    private static async Task CallAsync(Experiment<int, int> experiment)
    {
        for (var number = 0; ; number++)
            await experiment.RunAsync(number);
    }

    private static async Task<int> RunAsync(int number, CancellationToken cancellationToken)
    {
        await Task.Delay(1, cancellationToken);
        return number;
    }
}
