using Akka.Actor;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

public sealed class ShutdownTests : SpearmintKit
{
    private readonly Gate _inside = new();
    private readonly Gate _gate = new();

    public ShutdownTests()
        : base(setup: new SpearmintSetup { Settings = new SpearmintSettings { DrainTimeout = TimeSpan.FromSeconds(7) } })
    {
    }

    [Fact]
    public async Task Awaited_branches_end_shadows_get_the_time_that_is_left_and_all_is_recorded()
    {
        var experiment = Experiment();
        var run = experiment.RunAsync("answer", default);
        await _inside.Opened;

        var terminated = Sys.Terminate();
        await DrainingAsync(experiment);
        _gate.Open();

        Assert.Equal("answer", await run.Soon());
        await terminated.Soon();
        Assert.All(await Sink.FinishedAsync(2), finished => Assert.Equal(BranchStatus.Success, finished.Status));
    }

    // longer than a phase of the coordinated shutdown lasts by default, which is 5 s
    [Fact]
    public async Task A_drain_lasts_as_long_as_it_is_allowed_to_and_then_everything_is_cancelled()
    {
        var told = new Gate();
        var experiment = Client.CreateExperiment<string, string>("experiment", async (input, context) =>
        {
            context.CancellationToken.Register(told.Open);
            _inside.Open();
            await _gate.Opened;
            return input;
        }, Some.Configs("a"), Strategy.RoundRobin);
        var run = experiment.RunAsync("", default);
        await _inside.Opened;
        var start = TimeProvider.System.GetTimestamp();

        var terminated = Sys.Terminate();

        Assert.Contains("'experiment'", (await Assert.ThrowsAsync<ShuttingDownException>(() => run.Soon())).Message);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.FromSeconds(6.5), TimeSpan.FromSeconds(15));
        await told.Opened;
        Assert.Equal(BranchStatus.Cancelled, Assert.Single(await Sink.FinishedAsync(1)).Status);
        _gate.Open();
        await terminated.Soon();
    }

    [Fact]
    public async Task Shadows_that_wait_are_skipped_and_a_new_run_is_refused()
    {
        var experiment = Experiment();
        await experiment.ChangeSettingsAsync(settings => settings with { MaxConcurrentShadows = 0 });
        var run = experiment.RunAsync("", default);
        await _inside.Opened;

        var terminated = Sys.Terminate();
        await DrainingAsync(experiment);

        var shadow = Assert.Single(await Sink.FinishedAsync(1));
        Assert.Equal((BranchStatus.Skipped, SkipReasons.ShuttingDown), (shadow.Status, shadow.SkipReason));
        _gate.Open();
        await run.Soon();
        await terminated.Soon();
    }

    private static async Task DrainingAsync(Experiment<string, string> experiment)
    {
        // refused from now on
        while (await Record.ExceptionAsync(() => experiment.RunAsync("", new RunOptions { Configs = [] }).Soon()) is not ShuttingDownException)
            await Task.Yield();
    }

    private Experiment<string, string> Experiment() => Client.CreateExperiment<string, string>("experiment", async (input, _) =>
    {
        _inside.Open();
        await _gate.Opened;
        return input;
    }, Some.Configs("a", "b"), Strategy.Shadow());
}
