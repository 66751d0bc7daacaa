namespace Spearmint.StorageBench.Killing;

/// <summary>Kills many children.</summary>
internal static class Kills
{
    private const int RoundsPerStore = 10;
    private const int LongestMilliseconds = 700;

    public static async Task<int> RunAsync(int times)
    {
        var acknowledgedInAll = 0L;
        var folder = Directory.CreateTempSubdirectory("spearmint-kill-");
        try
        {
            for (var time = 0; time < times; time++)
            {
                // a store outlives several kills, and begins anew before it is slow to check
                var round = new KillRound(Directory.CreateDirectory(Path.Combine(folder.FullName, $"{time / RoundsPerStore}")).FullName);
                var after = TimeSpan.FromMilliseconds(Random.Shared.Next(LongestMilliseconds));
                await round.KillAsync(after);
                var (branches, acknowledged) = await round.CheckAsync();
                Console.WriteLine($"kill {time + 1} after {after.TotalMilliseconds} ms: {branches} branches, {acknowledged} acknowledged, all there");
                if (time % RoundsPerStore == RoundsPerStore - 1 || time == times - 1)
                    acknowledgedInAll += acknowledged;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Console.WriteLine($"{times} kills, {acknowledgedInAll} acknowledged branches: none is missing, none is there twice, every integrity check is ok.");
        return 0;
    }
}
