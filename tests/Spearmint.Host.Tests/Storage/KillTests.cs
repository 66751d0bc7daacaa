using Spearmint.Host.Support;
using Spearmint.StorageBench.Killing;

namespace Spearmint.Host.Storage;

/// <summary>What a process that is killed leaves in a SQLite file.</summary>
public sealed class KillTests
{
    private const int Seed = 23;

    [Fact]
    public async Task What_the_store_has_acknowledged_is_there_once_after_a_process_is_killed()
    {
        using var folder = new TemporaryFolder();
        var round = new KillRound(folder.Path);
        var random = new Random(Seed);
        var before = 0;
        for (var kill = 0; kill < 5; kill++)
        {
            await round.KillAsync(TimeSpan.FromMilliseconds(random.Next(300)));

            var (branches, acknowledged) = await round.CheckAsync();

            Assert.InRange(branches, acknowledged, long.MaxValue);
            Assert.True(acknowledged > before, "Each child acknowledges some.");
            before = acknowledged;
        }
    }
}
