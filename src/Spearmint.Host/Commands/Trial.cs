using Spearmint.Client;
using Spearmint.Host.Samples;

namespace Spearmint.Host.Commands;

/// <summary>One strategy, tried.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Title">What its strategy does, for the reader.</param>
/// <param name="Runs">How many runs show it.</param>
/// <param name="HasShadows">Whether there is something left to wait for when the answer has come.</param>
internal sealed record Trial(string Experiment, string Title, int Runs, bool HasShadows)
{
    public static IReadOnlyList<Trial> All { get; } =
    [
        new(CompressSample.Rotate, "each run takes the next config; here are 3 runs", Runs: 3, HasShadows: false),
        new(CompressSample.Shadow, "the first config answers, the others run in its shadow", Runs: 1, HasShadows: true),
        new(CompressSample.All, "all configs run at once", Runs: 1, HasShadows: false),
    ];

    /// <summary>Runs the experiment, waits for its shadows, and says in a line how it went.</summary>
    public async Task<string> RunAsync(SpearmintClient client, byte[] input, BranchFeed feed, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAllAsync(client.GetExperiment<Experiment<byte[], CompressConfig, CompressResult>>(Experiment), input, feed, clock, cancellationToken);
        }
        finally
        {
            feed.End();
        }
    }

    private async Task<string> RunAllAsync(
        Experiment<byte[], CompressConfig, CompressResult> experiment, byte[] input, BranchFeed feed, TimeProvider clock, CancellationToken cancellationToken)
    {
        var branches = 0;
        var shadows = 0;
        var untilAnswered = TimeSpan.Zero;
        var untilEnded = TimeSpan.Zero;
        for (var run = 0; run < Runs; run++)
        {
            var start = clock.GetTimestamp();
            var result = await experiment.RunDetailedAsync(input, new RunOptions { Sink = feed }, cancellationToken);
            untilAnswered += clock.GetElapsedTime(start);
            if (HasShadows)
                shadows += (await experiment.GatherShadowsAsync(result.RunId, cancellationToken)).Count;

            untilEnded += clock.GetElapsedTime(start);

            // the events of a run come by a way of their own; without this, those of the next could overtake them
            branches += result.Branches.Count;
            await feed.HasEndedAsync(branches + shadows, cancellationToken);
        }

        var answered = $"{(Runs == 1 ? "answered" : $"{Runs} runs answered")} in {Milliseconds(untilAnswered)}";
        return HasShadows ? $"{answered}; {shadows} shadows had ended after {Milliseconds(untilEnded)}" : answered;
    }

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:N1} ms";
}
