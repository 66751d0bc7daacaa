using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

public sealed class ComparisonDeadlineTests : ClockedKit
{
    private readonly Gate _inside = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task A_comparer_that_hangs_is_ended_as_an_error_told_to_stop_and_counted_until_it_comes_back()
    {
        var told = new Gate();
        var experiment = Client.CreateExperiment<string, string>("experiment", (input, _, _) => Task.FromResult(input), Some.Configs("a", "b"), Strategy.Shadow(), new ExperimentOptions
        {
            Compare = ComparisonRules.For<string, string>().CompareWith(async (_, _, token) =>
            {
                using var registration = token.Register(told.Open);
                _inside.Open();
                await _gate.Opened;
                return true;
            }),
            Settings = new() { ShadowDeadline = TimeSpan.FromSeconds(7), MaxConcurrentShadows = 1, ShadowQueueLimit = 0 },
        });
        await Client.ChangeSettingsAsync(settings => settings with { MaxAbandonedWorkers = 1 });
        var run = await experiment.RunDetailedAsync("").Soon();
        await _inside.Opened;
        Assert.Equal(SkipReasons.QueueFull, await SkippedAsync(experiment));

        Clock.Advance(TimeSpan.FromSeconds(8));

        var comparison = Assert.Single(await experiment.GatherComparisonsAsync(run.RunId).Soon());
        Assert.Equal((ComparisonVerdict.Error, typeof(TimeoutException).FullName), (comparison.Verdict, comparison.Error!.Type));
        Assert.Contains("7 s", comparison.Error.Message, StringComparison.Ordinal);
        await told.Opened;
        Assert.Equal(SkipReasons.Abandoned, await SkippedAsync(experiment));

        _gate.Open();
        AwaitAssert(() => Assert.Null(SkippedAsync(experiment).GetAwaiter().GetResult()), Gate.Patience);
        await Client.FlushAsync(Gate.Patience);
        Assert.Single(Sink.Events.OfType<BranchCompared>(), compared => compared.RunId == run.RunId);
    }

    private static async Task<string?> SkippedAsync(Experiment<string, string> experiment) =>
        Assert.Single(await experiment.GatherShadowsAsync((await experiment.RunDetailedAsync("").Soon()).RunId).Soon()).SkipReason;
}
