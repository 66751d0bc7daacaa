using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

public sealed class LimitTests : SpearmintKit
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task Shadows_over_the_limit_wait_and_those_over_the_queue_are_skipped_while_every_primary_answers()
    {
        var experiment = Shadowing(new StrategySettings { MaxConcurrentShadows = 2, ShadowQueueLimit = 3 });
        var runs = new List<Guid>();
        for (var run = 0; run < 10; run++)
            runs.Add((await experiment.RunDetailedAsync("").Soon()).RunId);

        var account = await experiment.GetAccountAsync();
        Assert.Equal((2, 3, 5), (account.Shadows.Started, account.QueuedShadows, account.Shadows.SkippedBy[SkipReasons.QueueFull]));
        Assert.Equal(10, account.Answered);

        _gate.Open();
        foreach (var run in runs)
        {
            var shadow = Assert.Single(await experiment.GatherShadowsAsync(run).Soon());
            if (runs.IndexOf(run) < 5)
                Assert.Equal(BranchStatus.Success, shadow.Status);
            else
                Assert.Equal((BranchStatus.Skipped, SkipReasons.QueueFull), (shadow.Status, shadow.SkipReason));
        }

        account = await experiment.GetAccountAsync();
        Assert.Equal((10, 5, 5, 0), (account.Shadows.Eligible, account.Shadows.Started, account.Shadows.Skipped, account.QueuedShadows));
    }

    [Fact]
    public async Task A_skipped_shadow_leaves_one_record_with_its_reason()
    {
        var experiment = Shadowing(new StrategySettings { MaxConcurrentShadows = 0, ShadowQueueLimit = 0 });

        await experiment.RunAsync("", default).Soon();

        var events = await Sink.WhenAsync(all => all.OfType<BranchFinished>().Count() == 2);
        var skipped = Assert.Single(events.OfType<BranchFinished>(), finished => finished.Role == BranchRole.Shadow);
        Assert.Equal((BranchStatus.Skipped, SkipReasons.QueueFull), (skipped.Status, skipped.SkipReason));
        Assert.Single(events.OfType<BranchStarted>());
    }

    [Fact]
    public async Task A_sink_of_one_run_sees_its_skipped_shadows_and_is_closed()
    {
        var experiment = Shadowing(new StrategySettings { MaxConcurrentShadows = 0, ShadowQueueLimit = 0 });
        var own = new CollectingSink();

        await experiment.RunAsync("", new RunOptions { Sink = own }, default).Soon();

        Assert.Equal([BranchStatus.Skipped, BranchStatus.Success], (await own.FinishedAsync(2)).Select(finished => finished.Status).Order().Reverse());
        ExpectOnlyTheRegisteredSink();
    }

    [Fact]
    public async Task A_sink_of_one_run_does_not_wait_for_shadows_outside_the_sample()
    {
        var experiment = Shadowing(new StrategySettings { ShadowSampleRate = 0 });
        var own = new CollectingSink();

        await experiment.RunAsync("", new RunOptions { Sink = own }, default).Soon();

        await own.FinishedAsync(1);
        ExpectOnlyTheRegisteredSink();
    }

    [Fact]
    public async Task A_run_over_MaxConcurrentRuns_is_refused_at_once_and_accepted_again_when_there_is_room()
    {
        var inside = new CountdownEvent(2);
        var experiment = Client.CreateExperiment<string, string>("experiment", async (input, _) =>
        {
            inside.Signal();
            await _gate.Opened;
            return input;
        }, Some.Configs("a"), Strategy.RoundRobin, new ExperimentOptions { Settings = new StrategySettings { MaxConcurrentRuns = 2 } });
        Task<string>[] running = [experiment.RunAsync("1", default), experiment.RunAsync("2", default)];
        Assert.True(inside.Wait(Gate.Patience));

        var refusal = await Assert.ThrowsAsync<OverloadedException>(() => experiment.RunAsync("3", default).Soon());
        Assert.Contains("'experiment'", refusal.Message);
        Assert.Contains("MaxConcurrentRuns", refusal.Message);

        _gate.Open();
        Assert.Equal(["1", "2"], await Task.WhenAll(running).Soon());
        inside.Reset();
        Assert.Equal("4", await experiment.RunAsync("4", default).Soon());
        var account = await experiment.GetAccountAsync();
        Assert.Equal((4, 3, 1, 0), (account.Offered, account.Answered, account.RejectedBy[RejectReasons.Overloaded], account.InFlight));
        Assert.Equal(3, account.Branches.Started);
    }

    [Fact]
    public async Task All_strategies_together_have_a_limit_of_shadows_too()
    {
        await Client.ChangeSettingsAsync(settings => settings with { MaxConcurrentShadows = 1 });
        var first = Shadowing(new StrategySettings());
        var second = Shadowing(new StrategySettings(), "second");
        var inFirst = (await first.RunDetailedAsync("").Soon()).RunId;

        var inSecond = (await second.RunDetailedAsync("").Soon()).RunId;
        Assert.Equal(SkipReasons.ProcessLimit, Assert.Single(await second.GatherShadowsAsync(inSecond).Soon()).SkipReason);

        _gate.Open();
        await first.GatherShadowsAsync(inFirst).Soon();
        inSecond = (await second.RunDetailedAsync("").Soon()).RunId;
        Assert.Equal(BranchStatus.Success, Assert.Single(await second.GatherShadowsAsync(inSecond).Soon()).Status);
    }

    [Fact]
    public async Task Too_many_abandoned_functions_stop_shadows_and_the_runs_of_their_own_strategy_but_no_other_run()
    {
        await Client.ChangeSettingsAsync(settings => settings with { MaxAbandonedWorkers = 1 });
        var hanging = Client.CreateExperiment<string, string>(
            "hanging", async (input, _) => { await _gate.Opened; return input; }, Some.Configs("a"), Strategy.RoundRobin);
        var shadowing = Shadowing(new StrategySettings());
        await Assert.ThrowsAsync<BranchTimedOutException>(() => hanging.RunAsync("", new RunOptions { Deadline = TimeSpan.FromMilliseconds(1) }).Soon());

        Assert.Contains("MaxAbandonedWorkers", (await Assert.ThrowsAsync<OverloadedException>(() => hanging.RunAsync("", default).Soon())).Message);
        var run = await shadowing.RunDetailedAsync("").Soon();
        Assert.Equal(SkipReasons.Abandoned, Assert.Single(await shadowing.GatherShadowsAsync(run.RunId).Soon()).SkipReason);

        _gate.Open();
        await Sink.WhenAsync(all => all.OfType<BranchLate>().Any());
        Assert.Equal("again", await hanging.RunAsync("again", default).Soon());
    }

    [Fact]
    public async Task Bulkheads_functions_that_all_block_stop_no_other_strategy()
    {
        var blocking = Client.CreateExperiment<string, string>(
            "blocking", (input, _) => { _gate.Block(); return Task.FromResult(input); }, Some.Configs(3), Strategy.Shadow());
        var blocked = Enumerable.Range(0, 40).Select(_ => blocking.RunAsync("", default)).ToList();
        var other = Client.CreateExperiment<string, string>("other", (input, _) => Task.FromResult(input), Some.Configs("a"), Strategy.RoundRobin);

        for (var run = 0; run < 100; run++)
            Assert.Equal("answer", await other.RunAsync("answer", default).Soon());

        Assert.DoesNotContain(blocked, run => run.IsCompleted);
        _gate.Open();
        await Task.WhenAll(blocked).Soon();
    }

    [Fact]
    public async Task Bulkheads_several_strategies_that_were_quick_and_block_all_at_once_leave_the_pool_a_thread()
    {
        var blocks = false;
        var inside = new CountdownEvent(16);
        var trusted = Enumerable.Range(0, 16).Select(number => Client.CreateExperiment<string, string>($"trusted-{number}", (input, _) =>
        {
            if (Volatile.Read(ref blocks))
            {
                inside.Signal();
                _gate.Block();
            }

            return Task.FromResult(input);
        }, Some.Configs("a"), Strategy.RoundRobin)).ToList();
        foreach (var experiment in trusted)
        {
            for (var run = 0; run < 200; run++)
                await experiment.RunAsync("", default);
        }

        Volatile.Write(ref blocks, true);
        var blocked = trusted.Select(experiment => experiment.RunAsync("", default)).ToList();

        // all of them are inside although the pool has a thread for each core and no more
        Assert.True(inside.Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal("answer", Assert.IsType<string>((await AskAsync("round_robin", (input, _, _) => Task.FromResult(input), Some.Configs("a"), input: "answer")).Output));
        _gate.Open();
        await Task.WhenAll(blocked).Soon();
    }

    [Fact]
    public void What_is_out_of_range_is_refused_and_named()
    {
        Assert.Contains("MaxConcurrentShadows must be at least 0", Refusal(() => new StrategySettings { MaxConcurrentShadows = -1 }));
        Assert.Contains("ShadowQueueLimit must be at least 0", Refusal(() => new StrategySettings { ShadowQueueLimit = -1 }));
        Assert.Contains("MaxConcurrentRuns must be at least 1", Refusal(() => new StrategySettings { MaxConcurrentRuns = 0 }));
        Assert.Contains("from 0 to 1", Refusal(() => new StrategySettings { ShadowSampleRate = 1.5 }));
        Assert.Contains("from 0 to 1", Refusal(() => new StrategySettings { ShadowSampleRate = double.NaN }));
        Assert.Contains("MaxConcurrentShadows must be at least 0", Refusal(() => new SpearmintSettings { MaxConcurrentShadows = -1 }));
        Assert.Contains("MaxAbandonedWorkers must be at least 1", Refusal(() => new SpearmintSettings { MaxAbandonedWorkers = 0 }));
        Assert.Contains("DrainTimeout", Refusal(() => new SpearmintSettings { DrainTimeout = TimeSpan.FromMinutes(2) }));
        Assert.Contains("FailureLimit must be at least 1", Refusal(() => new QuarantineSettings { FailureLimit = 0 }));
        Assert.Contains("from 0 to 1", Refusal(() => new QuarantineSettings { FailureShare = 2 }));
        Assert.Contains("Window", Refusal(() => new QuarantineSettings { Window = TimeSpan.Zero }));
    }

    private static string Refusal(Func<object> action) => Assert.Throws<ArgumentOutOfRangeException>(action).Message;

    private Experiment<string, string> Shadowing(StrategySettings settings, string name = "experiment") => Client.CreateExperiment<string, string>(
        name, async (input, context) =>
        {
            if (context.Role == BranchRole.Shadow)
                await _gate.Opened;
            return input;
        }, Some.Configs("a", "b"), Strategy.Shadow(), new ExperimentOptions { Settings = settings });
}
