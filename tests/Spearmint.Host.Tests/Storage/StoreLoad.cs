using Akka.Actor;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Configuration;
using Spearmint.Strategies;

namespace Spearmint.Host.Storage;

/// <summary>Callers of an experiment whose branches go to a store.</summary>
internal sealed class StoreLoad : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly ActorSystem _system = ActorSystem.Create("store-load");
    private readonly Experiment<int, int> _experiment;

    private StoreLoad()
    {
        Client = SpearmintClient.For(_system);
        _experiment = Client.CreateExperiment<int, int>(
            "twice", [new("old", (number, _) => Task.FromResult(2 * number)), new("new", (number, _) => Task.FromResult(2 * number))], Strategy.MultiBranch);
    }

    public SpearmintClient Client { get; }

    public int Runs { get; private set; }

    public int Branches => 2 * Runs;

    public static async Task<StoreLoad> StartAsync(IBranchStore store, SinkOptions options)
    {
        var load = new StoreLoad();
        await load.Client.RegisterSinkAsync(StorageExtensions.SinkName, store.Sink, options);
        return load;
    }

    /// <summary>Calls, each of which is answered.</summary>
    public async Task RunAsync(int runs)
    {
        for (var run = 0; run < runs; run++)
        {
            var branches = await _experiment.RunAllAsync(run).WaitAsync(Bound);
            Assert.All(branches, branch => Assert.Equal(2 * run, branch.Output));
            Runs++;
        }
    }

    public async Task FlushAsync() => Assert.Empty(await Client.FlushAsync(Bound));

    /// <summary>What is kept and what was lost is all there was, and nothing is there twice.</summary>
    public async Task AssertCompleteAsync(IBranchStore store, bool nothingIsLost)
    {
        var status = await store.GetStatusAsync(CancellationToken.None);
        var ids = new List<Guid>();
        var events = 0;
        Guid? before = null;
        do
        {
            var page = await store.ListBranchesAsync(BranchFilter.All, before, 500, CancellationToken.None);
            ids.AddRange(page.Items.Select(branch => branch.BranchId));
            events += page.Items.Sum(branch => (branch.Started is null ? 0 : 1) + (branch.Finished is null ? 0 : 1));
            before = page.Next;
        }
        while (before is not null);

        var ended = (await store.GetConfigBucketsAsync(new StatisticsQuery(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), CancellationToken.None)).Sum(bucket => bucket.Count);
        Assert.Equal(ids.Distinct().Count(), ids.Count);
        Assert.Equal(2 * Branches, events + status.LostEvents);
        Assert.Equal(nothingIsLost, status.LostEvents == 0);
        Assert.InRange(ended, 0, ids.Count);
        if (nothingIsLost)
            Assert.Equal((Branches, Branches), ((int)ended, ids.Count));
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
