using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Experiments;

/// <summary>What has been recorded, as of now.</summary>
internal sealed class BranchRecords(InMemorySink sink, SpearmintClient client)
{
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(1);

    /// <summary>How many branches are kept.</summary>
    public int Capacity => sink.Capacity;

    /// <summary>Records, newest first. What was answered before the call is among them.</summary>
    public async Task<IReadOnlyList<BranchRecord>> FindAsync(
        Guid? runId = null, string? experiment = null, string? configId = null, BranchStatus? status = null, int? limit = null)
    {
        await FlushAsync();
        return sink.Find(runId, experiment, configId, status, limit);
    }

    private async Task FlushAsync()
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
