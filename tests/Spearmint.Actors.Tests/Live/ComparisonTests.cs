using Akka.Actor;
using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

/// <summary>What is compared, when, and what becomes of it. How two outputs are compared is in <c>Comparing</c>.</summary>
public sealed class ComparisonTests : SpearmintKit
{
    private readonly Gate _gate = new();
    private readonly Gate _inside = new();

    [Fact]
    public async Task Each_shadow_is_compared_with_the_primary_and_the_comparison_is_in_the_record_and_in_the_log()
    {
        var experiment = Experiment(Strategy.Shadow("b"), Rules, "same", "b", "other");

        var run = await experiment.RunDetailedAsync("").Soon();
        var comparisons = await experiment.GatherComparisonsAsync(run.RunId).Soon();

        Assert.Equal([("other", ComparisonVerdict.Mismatch), ("same", ComparisonVerdict.Match)], Verdicts(comparisons));
        var primary = Assert.Single(run.Branches);
        var shadows = await experiment.GatherShadowsAsync(run.RunId).Soon();
        Assert.All(comparisons, comparison =>
        {
            var shadow = shadows.ByConfigId(comparison.ConfigId)!;
            Assert.Equal((run.RunId, primary.BranchId, "b", primary.Duration), (comparison.RunId, comparison.ReferenceBranchId, comparison.ReferenceConfigId, comparison.ReferenceDuration));
            Assert.Equal((shadow.BranchId, shadow.Duration, false), (comparison.BranchId, comparison.Duration, comparison.IsNoise));
            Assert.Equal(shadow.Duration - primary.Duration, comparison.DurationDifference);
        });

        var events = await Sink.WhenAsync(all => all.OfType<BranchCompared>().Count() == 2);
        foreach (var compared in events.OfType<BranchCompared>())
        {
            Assert.Contains(compared.Comparison, comparisons);
            Assert.All(
                events.OfType<BranchFinished>().Where(finished => finished.BranchId == compared.BranchId || finished.BranchId == primary.BranchId),
                finished => Assert.True(finished.Sequence < compared.Sequence));
        }
    }

    [Fact]
    public async Task All_branches_of_an_answer_are_compared_with_the_first_config_or_with_a_named_one()
    {
        var first = Experiment(Strategy.MultiBranch, Rules, "b", "same", "other");
        var named = Experiment(Strategy.MultiBranch, Rules.MeasuredBy("other"), "b", "same", "other");

        Assert.Equal(
            [("other", ComparisonVerdict.Mismatch), ("same", ComparisonVerdict.Match)],
            Verdicts(await first.GatherComparisonsAsync((await first.RunDetailedAsync("").Soon()).RunId).Soon()));
        Assert.Equal(
            [("b", ComparisonVerdict.Mismatch), ("same", ComparisonVerdict.Mismatch)],
            Verdicts(await named.GatherComparisonsAsync((await named.RunDetailedAsync("").Soon()).RunId).Soon()));
    }

    [Fact]
    public async Task The_caller_does_not_wait_for_the_comparer()
    {
        var experiment = Experiment(Strategy.Shadow(), Blocking(), "b", "same");

        var run = await experiment.RunDetailedAsync("").Soon();
        await _inside.Opened;
        Assert.Equal((1, 0), (InFlight(await experiment.GetAccountAsync()), Sink.Events.OfType<BranchCompared>().Count()));

        _gate.Open();
        Assert.Single(await experiment.GatherComparisonsAsync(run.RunId).Soon());
    }

    [Fact]
    public async Task A_shadow_that_ends_before_the_primary_is_compared_when_that_has_ended()
    {
        var experiment = Client.CreateExperiment<string, string>("experiment", async (_, config, _) =>
        {
            if (config.Id == "a")
                await _gate.Opened;
            return config.Id;
        }, Some.Configs("a", "b"), Strategy.Shadow(), new ExperimentOptions { Compare = Rules });
        var run = experiment.RunDetailedAsync("");
        await Sink.FinishedAsync(1);

        _gate.Open();

        Assert.Equal(ComparisonVerdict.Mismatch, Assert.Single(await experiment.GatherComparisonsAsync((await run.Soon()).RunId).Soon()).Verdict);
    }

    [Fact]
    public async Task A_comparer_that_throws_leaves_an_error_and_the_caller_sees_nothing_of_it()
    {
        var experiment = Experiment(Strategy.Shadow(), Rules.CompareWith((_, _) => throw new InvalidTimeZoneException("odd")), "b", "same");

        var run = await experiment.RunDetailedAsync("").Soon();

        var comparison = Assert.Single(await experiment.GatherComparisonsAsync(run.RunId).Soon());
        Assert.Equal((ComparisonVerdict.Error, typeof(InvalidTimeZoneException).FullName, "odd"), (comparison.Verdict, comparison.Error!.Type, comparison.Error.Message));
        Assert.Equal("out", run.Output);
    }

    [Fact]
    public async Task A_branch_that_was_skipped_or_ended_without_its_function_is_not_compared()
    {
        var skipping = Experiment(Strategy.Shadow(), Rules, "b", "same");
        await skipping.ChangeSettingsAsync(settings => settings with { ShadowsPaused = true });
        var dying = Client.CreateExperiment<string, string>("dying", async (_, context) =>
        {
            if (context.Role == BranchRole.Shadow)
                await _gate.Opened;
            return "out";
        }, Some.Configs("a", "b"), Strategy.Shadow(), new ExperimentOptions { Compare = Rules, Settings = new() { ShadowDeadline = TimeSpan.FromMilliseconds(1) } });

        Assert.Empty(await skipping.GatherComparisonsAsync((await skipping.RunDetailedAsync("").Soon()).RunId).Soon());
        Assert.Empty(await dying.GatherComparisonsAsync((await dying.RunDetailedAsync("").Soon()).RunId).Soon());

        Assert.Equal(0, (await skipping.GetAccountAsync()).Comparisons.Eligible);
        Assert.Equal(1, (await dying.GetAccountAsync()).Comparisons.NotComparedBy[NotComparedReasons.NoOutcome]);
        _gate.Open();
    }

    [Fact]
    public async Task A_shadow_keeps_its_place_until_it_has_been_compared()
    {
        var experiment = Experiment(Strategy.Shadow(), Blocking(), "b", "same");
        await experiment.ChangeSettingsAsync(settings => settings with { MaxConcurrentShadows = 1, ShadowQueueLimit = 1 });

        var runs = new List<Guid>();
        for (var run = 0; run < 3; run++)
        {
            runs.Add((await experiment.RunDetailedAsync("").Soon()).RunId);
            if (run == 0)
                await _inside.Opened;
        }

        var account = await experiment.GetAccountAsync();
        Assert.Equal((1, 1, 1), (account.Shadows.Started, account.QueuedShadows, account.Shadows.SkippedBy[SkipReasons.QueueFull]));
        _gate.Open();
        foreach (var run in runs)
            await experiment.GatherComparisonsAsync(run).Soon();

        account = await experiment.GetAccountAsync();
        Assert.Equal((2, 2, 0), (account.Shadows.Started, account.Comparisons.Match, account.Comparisons.InFlight));
    }

    [Fact]
    public async Task Comparisons_of_an_answer_with_all_branches_wait_for_a_place_and_are_left_out_when_the_queue_is_full()
    {
        var experiment = Experiment(Strategy.MultiBranch, Blocking(), "b", "same", "other", "d");
        await experiment.ChangeSettingsAsync(settings => settings with { MaxConcurrentShadows = 1, ShadowQueueLimit = 1 });

        var run = await experiment.RunDetailedAsync("").Soon();

        var account = await experiment.GetAccountAsync();
        Assert.Equal((1, 1, 1), (account.Comparisons.InFlight, account.QueuedShadows, account.Comparisons.NotComparedBy[SkipReasons.QueueFull]));
        _gate.Open();
        Assert.Equal(2, (await experiment.GatherComparisonsAsync(run.RunId).Soon()).Count);
    }

    [Fact]
    public async Task A_sink_of_one_run_gets_its_comparisons_and_is_closed()
    {
        var own = new CollectingSink();
        foreach (var strategy in (Strategy[])[Strategy.Shadow(), Strategy.MultiBranch])
        {
            var experiment = Experiment(strategy, Rules, "b", "same", "other");
            await experiment.RunDetailedAsync("", new RunOptions { Sink = own }).Soon();
            await experiment.ChangeSettingsAsync(settings => settings with { ShadowsPaused = true });
            await experiment.RunDetailedAsync("", new RunOptions { Sink = own }).Soon();
            await experiment.ChangeSettingsAsync(settings => settings with { ShadowsPaused = false, ShadowSampleRate = 0 });
            await experiment.RunDetailedAsync("", new RunOptions { Sink = own }).Soon();
        }

        // with shadows, with pauses, without: 2 + 0 + 0, and 2 + 0 + 2
        await own.WhenAsync(all => all.OfType<BranchCompared>().Count() == 6);
        ExpectOnlyTheRegisteredSink();
    }

    [Fact]
    public async Task A_test_can_make_a_run_throw_on_a_mismatch_and_sees_the_difference()
    {
        var matching = Throwing("matching", Strategy.Shadow(), "b", "same");
        var differing = Throwing("differing", Strategy.Shadow(), "b", "same", "other");
        var all = Throwing("all", Strategy.MultiBranch, "b", "other");
        var rotating = Throwing("rotating", Strategy.RoundRobin, "b", "other");

        Assert.Equal("out", await matching.RunAsync("").Soon());
        Assert.Equal("out", await rotating.RunAsync("").Soon());
        var mismatch = await Assert.ThrowsAsync<MismatchException>(() => differing.RunAsync("").Soon());
        Assert.Equal("other", Assert.Single(mismatch.Comparisons).ConfigId);
        Assert.Contains("$: \"out\" -> \"other\"", mismatch.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MismatchException>(() => all.RunAllAsync("").Soon());
        Assert.Contains("Compare", Assert.Throws<ArgumentException>(() => Client.CreateExperiment<string, string>(
            "nothing", (input, _) => Task.FromResult(input), Some.Configs("a"), Strategy.Shadow(), new ExperimentOptions { ThrowOnMismatch = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_failed_and_differs_throws_the_mismatch_with_what_it_threw()
    {
        var failure = new IOException("disk");
        var experiment = Client.CreateExperiment<string, string>(
            "experiment", (_, config, _) => config.Id == "a" ? Task.FromException<string>(failure) : Task.FromResult("out"), Some.Configs("a", "b"), Strategy.Shadow(),
            new ExperimentOptions { Compare = Rules, ThrowOnMismatch = true });

        Assert.Same(failure, (await Assert.ThrowsAsync<MismatchException>(() => experiment.RunAsync("").Soon())).InnerException);
    }

    [Fact]
    public async Task A_test_does_not_pass_because_a_shadow_could_not_be_compared()
    {
        var experiment = Throwing("paused", Strategy.Shadow(), "b", "same");
        await experiment.ChangeSettingsAsync(settings => settings with { ShadowsPaused = true });

        var mismatch = await Assert.ThrowsAsync<MismatchException>(() => experiment.RunAsync("").Soon());

        Assert.Equal(("same", "Config 'same' was not compared: Skipped (paused)."), (Assert.Single(mismatch.Uncompared).Config.Id, mismatch.Message));
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_compared_like_any_failure()
    {
        var experiment = Client.CreateExperiment<string, string>(
            "experiment", (_, config, _) => config.Id == "a" ? Task.FromException<string>(new TaskCanceledException("too slow")) : Task.FromResult("out"),
            Some.Configs("a", "b"), Strategy.Shadow(), new ExperimentOptions { Compare = Rules, ThrowOnMismatch = true });

        Assert.IsType<TaskCanceledException>((await Assert.ThrowsAsync<MismatchException>(() => experiment.RunAsync("").Soon())).InnerException);
    }

    [Fact]
    public async Task Thousands_of_runs_that_end_together_may_all_have_something_to_compare()
    {
        var all = new Gate();
        var experiment = Client.CreateExperiment<string, string>("experiment", async (_, config, _) =>
        {
            await all.Opened;
            return config.Id;
        }, Some.Configs("a", "b"), Strategy.MultiBranch, new ExperimentOptions
        {
            Compare = Blocking(),
            Settings = new() { MaxConcurrentShadows = 1, ShadowQueueLimit = 10_000 },
        });
        var runs = Enumerable.Range(0, 5000).Select(_ => experiment.RunDetailedAsync("")).ToList();

        all.Open();
        await Task.WhenAll(runs).Soon();

        var account = await experiment.GetAccountAsync();
        Assert.Equal((1, 4999), (account.Comparisons.InFlight, account.QueuedShadows));
        _gate.Open();
        await experiment.GatherComparisonsAsync((await runs[^1]).RunId).Soon();
    }

    [Fact]
    public async Task What_is_recorded_of_an_output_is_what_its_cleaning_leaves()
    {
        var rules = Rules.Clean(output => output.Length);
        var experiment = Experiment(Strategy.Shadow(), rules, recordOutput: true, "b", "other");

        var run = await experiment.RunDetailedAsync("").Soon();

        Assert.Equal("3 -> 5", Assert.Single(await experiment.GatherComparisonsAsync(run.RunId).Soon()).Differences is [var difference] ? $"{difference.Reference} -> {difference.Compared}" : "");
        Assert.Equal(["3", "5"], (await Sink.FinishedAsync(2)).Select(finished => finished.Output!.Value.GetRawText()).Order());
    }

    [Fact]
    public async Task A_share_of_the_runs_has_a_noise_branch_of_the_primarys_config_which_is_compared_as_noise()
    {
        var experiment = Experiment(Strategy.Shadow(), Rules, "b", "same");
        await experiment.ChangeSettingsAsync(settings => settings with { NoiseRate = 0.25, MaxConcurrentShadows = 1000 });

        var noisy = 0;
        for (var run = 0; run < 400; run++)
        {
            var id = (await experiment.RunDetailedAsync("").Soon()).RunId;
            var comparisons = await experiment.GatherComparisonsAsync(id).Soon();
            if (comparisons.Count == 1)
                continue;

            noisy++;
            var noise = Assert.Single(comparisons, comparison => comparison.IsNoise);
            Assert.Equal(("b", "b", ComparisonVerdict.Match), (noise.ReferenceConfigId, noise.ConfigId, noise.Verdict));
            Assert.Equal(BranchRole.Noise, (await experiment.GatherShadowsAsync(id).Soon()).ByConfigId("b")!.Role);
        }

        Assert.InRange(noisy, 60, 140);
        var account = await experiment.GetAccountAsync();
        Assert.Equal((400 + noisy, 400), (account.ByConfigId("b")!.Branches.Success, account.ByConfigId("same")!.Branches.Success));
        Assert.Equal((noisy, 400), (account.ByConfigId("b")!.Comparisons.Match, account.ByConfigId("same")!.Comparisons.Match));
    }

    [Fact]
    public async Task A_shutdown_waits_for_comparisons_and_ends_as_errors_those_that_do_not_end()
    {
        var experiment = Experiment(Strategy.Shadow(), Blocking(), "b", "same");
        var run = await experiment.RunDetailedAsync("").Soon();
        await _inside.Opened;

        await Client.Root.Ask<Drained>(new Drain(TimeSpan.FromMilliseconds(1)), Gate.Patience);

        var comparison = Assert.Single(await experiment.GatherComparisonsAsync(run.RunId).Soon());
        Assert.Equal((ComparisonVerdict.Error, typeof(ShuttingDownException).FullName), (comparison.Verdict, comparison.Error!.Type));
        _gate.Open();
    }

    private static ComparisonRules<string, string> Rules { get; } = ComparisonRules.For<string, string>();

    private static IEnumerable<(string ConfigId, ComparisonVerdict Verdict)> Verdicts(IEnumerable<Comparison> comparisons) =>
        comparisons.OrderBy(comparison => comparison.ConfigId, StringComparer.Ordinal).Select(comparison => (comparison.ConfigId, comparison.Verdict));

    private static long InFlight(StrategyAccount account) => account.Comparisons.InFlight;

    private ComparisonRules<string, string> Blocking() => Rules.CompareWith((_, _) =>
    {
        _inside.Open();
        _gate.Block();
        return true;
    });

    private Experiment<string, string> Throwing(string name, Strategy strategy, params string[] configs) => Client.CreateExperiment<string, string>(
        name, Act, Some.Configs(configs), strategy, new ExperimentOptions { Compare = Rules, ThrowOnMismatch = true });

    private Experiment<string, string> Experiment(Strategy strategy, ComparisonRules rules, params string[] configs) =>
        Experiment(strategy, rules, recordOutput: false, configs);

    private Experiment<string, string> Experiment(Strategy strategy, ComparisonRules rules, bool recordOutput, params string[] configs) =>
        Client.CreateExperiment<string, string>(
            $"experiment-{Client.ExperimentNames.Count}", Act, Some.Configs(configs), strategy, new ExperimentOptions { Compare = rules, RecordOutput = recordOutput });

    private static Task<string> Act(string input, Config config, CancellationToken cancellationToken) =>
        Task.FromResult(config.Id is "other" ? "other" : "out");
}
