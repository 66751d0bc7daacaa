using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Latency;

/// <summary>What shadows of 500 ms cost the caller of a primary of 5 ms: as many as may run, and ten times as many.</summary>
internal static class ShadowLoad
{
    // at 1000 runs a second 500 shadows of half a second run at any time: with a margin, room for just these
    private static readonly StrategySettings Room = StrategySettings.Default with { MaxConcurrentShadows = 550 };

    public static IReadOnlyList<Row> Rows(SpearmintClient client) =>
    [
        new Row("the function alone", () => Task.Delay(5)),
        Shadowed(client, "Shadow 1+1, room for all shadows", shadows: 1, Room),
        Shadowed(client, "Shadow 1+10, room for one shadow in ten", shadows: 10, Room),
        Shadowed(client, "Shadow 1+10, default limits", shadows: 10, StrategySettings.Default),
    ];

    private static Row Shadowed(SpearmintClient client, string name, int shadows, StrategySettings settings)
    {
        var configs = Enumerable.Range(0, shadows + 1).Select(place => Config.From(new { milliseconds = place == 0 ? 5 : 500 }, $"{place}"));
        var experiment = client.CreateExperiment<int, Wait, int>(
            name, WaitAsync, configs, Strategy.Shadow("0"), new ExperimentOptions { Settings = settings });
        return new Row(name, () => experiment.RunAsync(0)) { Remark = RemarkAsync };

        async Task<string> RemarkAsync()
        {
            var counts = (await experiment.GetAccountAsync()).Shadows;
            return $"{counts.Eligible} shadows: {counts.Started} run, {counts.Skipped} skipped{string.Concat(counts.SkippedBy.Select(by => $", {by.Key}"))}";
        }
    }

    private static async Task<int> WaitAsync(int input, Wait wait, CancellationToken cancellationToken)
    {
        await Task.Delay(wait.Milliseconds, cancellationToken);
        return input;
    }

    private sealed record Wait(int Milliseconds);
}
