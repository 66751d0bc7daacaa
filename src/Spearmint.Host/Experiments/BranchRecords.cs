using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Storage;
using Spearmint.Sinks;

namespace Spearmint.Host.Experiments;

/// <summary>What has been recorded, as of now.</summary>
internal sealed class BranchRecords(IBranchStore store, SpearmintClient client)
{
    private const int MostAtOnce = 10_000;

    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(1);

    /// <summary>Where they are kept.</summary>
    public IBranchStore Store => store;

    /// <summary>Records, newest first. What was answered before the call is among them.</summary>
    /// <param name="runId">Only branches of this run.</param>
    /// <param name="experiment">Only branches of this experiment.</param>
    /// <param name="configId">Only branches of this config.</param>
    /// <param name="status">Only branches in this status.</param>
    /// <param name="limit">At most so many, from 1 to 10,000, which is the default.</param>
    public async Task<IReadOnlyList<BranchRecord>> FindAsync(
        Guid? runId = null, string? experiment = null, string? configId = null, BranchStatus? status = null, int? limit = null)
    {
        await FlushAsync();
        var filter = new BranchFilter { RunId = runId, Experiment = experiment, ConfigId = configId, Status = status };
        var most = Math.Min(limit ?? MostAtOnce, MostAtOnce);
        var found = new List<BranchRecord>();
        Guid? before = null;
        do
        {
            var page = await store.ListBranchesAsync(filter, before, most - found.Count, CancellationToken.None);
            found.AddRange(page.Items);
            before = page.Next;
        }
        while (before is not null && found.Count < most);
        return found;
    }

    /// <summary>Whether the store is sure that nothing of a run has happened.</summary>
    public async Task<bool> HaveNothingOfAsync(Guid runId)
    {
        try
        {
            return (await client.FlushAsync(FlushTime).WaitAsync(2 * FlushTime)).Count == 0
                && (await store.GetRunAsync(runId, CancellationToken.None).WaitAsync(2 * FlushTime)).Count == 0;
        }
        catch (Exception e) when (e is TimeoutException or StorageUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Waits until what was answered before the call can be read, for a second at most.</summary>
    public async Task FlushAsync()
    {
        try
        {
            await client.FlushAsync(FlushTime).WaitAsync(2 * FlushTime);
        }
        catch (TimeoutException)
        {
            // the ActorSystem is ending and answers no more; what is written can be read
        }
    }
}
