using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Contract;

/// <summary>What other libraries of the kind get wrong, each as a test of its own.</summary>
public sealed class PeerFaults : SpearmintKit
{
    private static readonly ConfigSet Pair = Some.Configs("control", "candidate");
    private readonly Gate _gate = new();

    [Fact]
    public async Task The_caller_does_not_wait_for_a_500_ms_candidate_behind_a_5_ms_control()
    {
        var candidates = 0;
        var experiment = Client.CreateExperiment<string, string>("slow-candidate", async (_, config, token) =>
        {
            if (config.Id == "control")
            {
                await Task.Delay(5, token);
                return "control";
            }

            // 500 ms in the place of the caller's patience: longer than the caller takes, however slow the machine
            await _gate.Opened;
            Interlocked.Increment(ref candidates);
            return "candidate";
        }, Pair, Strategy.Shadow());

        var run = await experiment.RunDetailedAsync("").Soon();

        Assert.Equal(("control", 0), (run.Output, Volatile.Read(ref candidates)));
        _gate.Open();
        Assert.Equal("candidate", Assert.Single(await experiment.GatherShadowsAsync(run.RunId).Soon()).Output);
    }

    [Fact]
    public async Task A_hung_candidate_does_not_hang_the_caller()
    {
        var never = new TaskCompletionSource<string>();
        var experiment = Client.CreateExperiment<string, string>(
            "hung-candidate", (_, config, _) => config.Id == "control" ? Task.FromResult("control") : never.Task, Pair, Strategy.Shadow());

        for (var run = 0; run < 100; run++)
            Assert.Equal("control", await experiment.RunAsync("").Soon());
    }

    [Fact]
    public async Task Cancelling_after_the_control_is_done_does_not_lose_its_value()
    {
        using var caller = new CancellationTokenSource();
        var experiment = Client.CreateExperiment<string, string>("cancelled", async (_, config, _) =>
        {
            if (config.Id == "control")
                return "control";

            await _gate.Opened;
            return "candidate";
        }, Pair, Strategy.Shadow(), new ExperimentOptions { Compare = ComparisonRules.For<string, string>() });
        var run = experiment.RunDetailedAsync("", caller.Token);
        await Sink.FinishedAsync(1);

        await caller.CancelAsync();

        var result = await run.Soon();
        Assert.Equal("control", result.Output);
        _gate.Open();
        Assert.Equal(ComparisonVerdict.Mismatch, Assert.Single(await experiment.GatherComparisonsAsync(result.RunId).Soon()).Verdict);
    }

    [Fact]
    public async Task A_throwing_before_hook_is_reported_as_itself()
    {
        var thrown = new InvalidTimeZoneException("odd");
        var reported = new TaskCompletionSource<(string Hook, Exception Cause)>();
        var experiment = Client.CreateExperiment<string, string>("before", (_, config, _) => Task.FromResult(config.Id), Pair, Strategy.Shadow(), new ExperimentOptions<string, string>
        {
            BeforeRun = _ => throw thrown,
            OnHookError = (hook, cause) => reported.SetResult((hook, cause)),
        });

        Assert.Equal("control", await experiment.RunAsync("").Soon());

        var (name, exception) = await reported.Task.Soon();
        Assert.Equal("before_run", name);
        Assert.Same(thrown, exception);
        var failed = Assert.Single((await Sink.WhenAsync(all => all.OfType<HookFailed>().Any())).OfType<HookFailed>());
        Assert.Equal(("before_run", typeof(InvalidTimeZoneException).FullName, "odd"), (failed.Hook, failed.Error.Type, failed.Error.Message));
    }

    [Fact]
    public async Task An_ignored_mismatch_of_one_candidate_does_not_hide_a_real_one_of_another()
    {
        var experiment = Client.CreateExperiment<string, string>(
            "ignoring", (_, config, _) => Task.FromResult(config.Id), Some.Configs("control", "known", "wrong"), Strategy.Shadow(), new ExperimentOptions
            {
                Compare = ComparisonRules.For<string, string>().Ignore("known", (_, compared) => compared == "known"),
                ThrowOnMismatch = true,
            });

        var mismatch = await Assert.ThrowsAsync<MismatchException>(() => experiment.RunAsync("").Soon());

        Assert.Equal("wrong", Assert.Single(mismatch.Comparisons).ConfigId);
    }

    [Fact]
    public async Task An_ignored_place_does_not_hide_a_real_mismatch_beside_it()
    {
        var experiment = Client.CreateExperiment<string, Price>(
            "places", (_, config, _) => Task.FromResult(new Price(config.Id == "control" ? 10 : 12, Guid.NewGuid())), Pair, Strategy.Shadow(), new ExperimentOptions
            {
                Compare = ComparisonRules.For<string, Price>().IgnorePath("ids are random", "$.id"),
            });

        var run = await experiment.RunDetailedAsync("").Soon();

        var comparison = Assert.Single(await experiment.GatherComparisonsAsync(run.RunId).Soon());
        Assert.Equal((ComparisonVerdict.Mismatch, "$.total: 10 -> 12"), (comparison.Verdict, Assert.Single(comparison.Differences).ToString()));
    }

    [Fact]
    public async Task The_controls_exception_keeps_its_type_and_its_stack()
    {
        var experiment = Client.CreateExperiment<string, string>("failing", FailAsync, Pair, Strategy.Shadow());

        var exception = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => experiment.RunAsync("").Soon());

        Assert.Contains(nameof(FailAsync), exception.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_blocking_functions_overlap()
    {
        using var both = new Barrier(2);
        var experiment = Client.CreateExperiment<string, bool>(
            "blocking", (_, _, _) => Task.FromResult(both.SignalAndWait(Gate.Patience)), Pair, Strategy.MultiBranch);

        Assert.All(await experiment.RunAllAsync("").Soon(), branch => Assert.True(branch.Output));
    }

    [Fact]
    public async Task Publishing_is_bounded_and_what_is_lost_is_counted()
    {
        await Client.RegisterSinkAsync("hung", new HangingSink(_gate), new SinkOptions { QueueLimit = 100 });
        var experiment = Client.CreateExperiment<string, string>("published", (input, _, _) => Task.FromResult(input), Some.Configs("control"), Strategy.Shadow());

        for (var run = 0; run < 1000; run++)
            await experiment.RunAsync("").Soon();
        await Client.FlushAsync(TimeSpan.FromMilliseconds(1));

        var status = (await Client.GetSinkStatusAsync()).Single(sink => sink.Name == "hung");
        Assert.InRange(status.Queued, 1, 200);
        Assert.Equal(2000, status.Written + status.Queued + status.Dropped);
        _gate.Open();
    }

    [Fact]
    public async Task Runs_are_allocated_by_a_predicate_of_ones_own()
    {
        var experiment = Client.CreateExperiment<int, string>(
            "allocated", (_, config, _) => Task.FromResult(config.Id), Pair, Strategy.Allocate(run => (int)run.Input! % 3 == 0 ? "candidate" : "control"));

        Assert.Equal(
            ["candidate", "control", "control", "candidate"],
            await Task.WhenAll(Enumerable.Range(0, 4).Select(input => experiment.RunAsync(input))).Soon());
    }

    private static async Task<string> FailAsync(string input, Config config, CancellationToken cancellationToken)
    {
        await Task.Yield();
        throw new InvalidTimeZoneException(config.Id);
    }

    private sealed record Price(decimal Total, Guid Id);
}
