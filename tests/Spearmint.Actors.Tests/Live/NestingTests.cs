using System.Collections.Concurrent;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

/// <summary>An experiment that is run inside the function of another.</summary>
public sealed class NestingTests : SpearmintKit
{
    private readonly CancellationTokenSource _own = new();
    private readonly Gate _inside = new();
    private readonly Gate _gate = new();

    public static TheoryData<string> Ways => [.. Routes.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_run_is_linked_to_the_branch_whose_function_asks_for_it(string way)
    {
        var inner = Client.CreateExperiment<string, string>("inner", (input, _) => Task.FromResult(input), Some.Configs("x"), Strategy.RoundRobin);
        var outer = Client.CreateExperiment<string, string>(
            "outer", (input, _) => Routes[way](() => inner.RunAsync(input)), Some.Configs("a"), Strategy.RoundRobin);

        var result = await outer.RunDetailedAsync("input").Soon();

        Assert.Equal("input", result.Output);
        Assert.Equal((null, null), (result.Branches[0].ParentRunId, result.Branches[0].ParentBranchId));
        var recorded = Assert.Single(await Sink.FinishedAsync(2), finished => finished.Experiment == "inner");
        Assert.Equal((result.RunId, result.Branches[0].BranchId), (recorded.ParentRunId, recorded.ParentBranchId));
        Assert.All(Sink.Events.OfType<BranchStarted>(), started => Assert.Equal(started.Experiment == "inner" ? result.RunId : null, started.ParentRunId));
    }

    [Fact]
    public async Task A_run_that_is_asked_for_by_message_is_linked_too()
    {
        var outer = Client.CreateExperiment<string, Guid>("outer", async (_, context) =>
        {
            var inner = await AskAsync("round_robin", Some.ConfigId, Some.Configs("x"));
            return inner.Branches[0].ParentBranchId == context.BranchId ? context.BranchId : Guid.Empty;
        }, Some.Configs("a"), Strategy.RoundRobin);

        var result = await outer.RunDetailedAsync("").Soon();

        Assert.Equal(result.Branches[0].BranchId, result.Output);
    }

    [Fact]
    public async Task Each_of_many_branches_is_the_parent_of_its_own_runs()
    {
        var inner = Client.CreateExperiment<string, string>("inner", (input, _) => Task.FromResult(input), Some.Configs("x"), Strategy.RoundRobin);
        var outer = Client.CreateExperiment<string, Branch>("outer", async (input, _) =>
        {
            await Task.Yield();
            return (await inner.RunDetailedAsync(input)).Branches[0];
        }, Some.Configs("a", "b", "c"), Strategy.MultiBranch);

        var runs = await Task.WhenAll(Enumerable.Range(0, 100).Select(run => outer.RunAllAsync($"{run}"))).Soon();

        Assert.All(runs.SelectMany(run => run), branch => Assert.Equal((branch.RunId, branch.BranchId), (branch.Output!.ParentRunId, branch.Output.ParentBranchId)));
    }

    [Fact]
    public async Task Shadows_do_not_beget_shadows()
    {
        var calls = new ConcurrentBag<string>();
        var inner = Client.CreateExperiment<string, string>("inner", (input, context) =>
        {
            calls.Add($"{input}: {context.Config.Id}");
            return Task.FromResult("");
        }, Some.Configs("w", "x", "y", "z"), Strategy.Shadow());
        var outer = Client.CreateExperiment<string, string>(
            "outer", (_, context) => inner.RunAsync(context.Config.Id), Some.Configs("a", "b", "c", "d"), Strategy.Shadow());

        var result = await outer.RunDetailedAsync("").Soon();
        await outer.GatherShadowsAsync(result.RunId).Soon();

        Assert.Equal(7, (await Sink.WhenAsync(all => all.OfType<BranchFinished>().Count() == 11)).OfType<BranchFinished>().Count(finished => finished.Experiment == "inner"));
        Assert.Equal(["a: w", "a: x", "a: y", "a: z", "b: w", "c: w", "d: w"], calls.Order());
        Assert.Equal((12, 9, 3), Counts((await inner.GetAccountAsync()).Shadows));
    }

    [Fact]
    public async Task Of_many_awaited_branches_only_the_first_has_runs_with_shadows()
    {
        var inner = Client.CreateExperiment<string, string>("inner", (_, _) => Task.FromResult(""), Some.Configs("x", "y"), Strategy.Shadow());
        var outer = Client.CreateExperiment<string, Guid>(
            "outer", async (_, _) => (await inner.RunDetailedAsync("")).RunId, Some.Configs("a", "b", "c"), Strategy.MultiBranch);

        var branches = await outer.RunAllAsync("").Soon();

        var shadows = await Task.WhenAll(branches.Select(branch => inner.GatherShadowsAsync(branch.Output))).Soon();
        Assert.Equal([1, 0, 0], shadows.Select(gathered => gathered.Count));
    }

    [Fact]
    public async Task Inside_a_shadow_there_are_no_shadows_at_any_depth()
    {
        var innermost = Client.CreateExperiment<string, string>("innermost", (_, _) => Task.FromResult(""), Some.Configs("x", "y"), Strategy.Shadow());
        var inner = Client.CreateExperiment<string, string>("inner", (_, _) => innermost.RunAsync(""), Some.Configs("p"), Strategy.RoundRobin);
        var outer = Client.CreateExperiment<string, string>("outer", (_, _) => inner.RunAsync(""), Some.Configs("a", "b"), Strategy.Shadow());

        var result = await outer.RunDetailedAsync("").Soon();
        await outer.GatherShadowsAsync(result.RunId).Soon();

        Assert.Equal((2, 1, 1), Counts((await innermost.GetAccountAsync()).Shadows));
    }

    [Fact]
    public async Task An_inner_experiment_has_its_own_limits()
    {
        var inner = Client.CreateExperiment<string, string>("inner", async (_, _) =>
        {
            _inside.Open();
            await _gate.Opened;
            return "";
        }, Some.Configs("x"), Strategy.RoundRobin, new ExperimentOptions { Settings = new StrategySettings { MaxConcurrentRuns = 1 } });
        var outer = Client.CreateExperiment<string, string>("outer", (input, _) => inner.RunAsync(input), Some.Configs("a"), Strategy.RoundRobin);
        var first = outer.RunAsync("");
        await _inside.Opened;

        Assert.Contains("'inner'", (await Assert.ThrowsAsync<OverloadedException>(() => outer.RunAsync("").Soon())).Message, StringComparison.Ordinal);

        _gate.Open();
        Assert.Equal("", await first.Soon());
    }

    [Theory]
    [InlineData("run")]
    [InlineData("message")]
    [InlineData("stream")]
    public async Task A_run_without_a_token_is_cancelled_with_the_branch_that_asks_for_it(string how)
    {
        var inner = Client.CreateExperiment<string, string>("inner", async (_, _) => await HangAsync(), Some.Configs("x"), Strategy.MultiBranch);
        var outer = Client.CreateExperiment<string, string>("outer", async (_, _) =>
        {
            if (how == "run")
                await inner.RunAllAsync("");
            else if (how == "message")
                await AskAsync("round_robin", async (_, _, _) => await HangAsync(), Some.Configs("x"));
            else
                await foreach (var _ in inner.StreamAsync(""))
                    Assert.Fail("it has a branch");
            return "";
        }, Some.Configs("a"), Strategy.RoundRobin);
        var run = outer.RunAsync("", _own.Token);
        await _inside.Opened;

        await _own.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.All(await Sink.FinishedAsync(2), finished => Assert.Equal(BranchStatus.Cancelled, finished.Status));
        _gate.Open();
    }

    [Fact]
    public async Task A_run_that_a_late_function_asks_for_is_refused_in_the_name_of_its_branch()
    {
        var refused = new TaskCompletionSource<Exception>();
        var inner = Client.CreateExperiment<string, string>("inner", (_, _) => Task.FromResult(""), Some.Configs("x"), Strategy.RoundRobin);
        var outer = Client.CreateExperiment<string, string>("outer", async (_, _) =>
        {
            await _gate.Opened;
            refused.SetResult(await Assert.ThrowsAnyAsync<Exception>(() => inner.RunAsync("", _own.Token)));
            return "";
        }, Some.Configs("a"), Strategy.RoundRobin);

        var timedOut = await Assert.ThrowsAsync<BranchTimedOutException>(() => outer.RunAsync("", new RunOptions { Deadline = TimeSpan.FromMilliseconds(50) }).Soon());
        _gate.Open();

        Assert.Equal(timedOut.Message, Assert.IsType<BranchTimedOutException>(await refused.Task.Soon()).Message);
        Assert.Equal(1, (await inner.GetAccountAsync()).RejectedBy[RejectReasons.TimedOut]);
    }

    [Fact]
    public async Task Functions_that_block_for_inner_runs_do_not_lock_each_other_out()
    {
        var inner = Client.CreateExperiment<int, int>("inner", async (input, _) =>
        {
            await Task.Yield();
            return input;
        }, Some.Configs("x", "y"), Strategy.Shadow());
        var outer = Client.CreateExperiment<int, int>("outer", (input, _) => Task.FromResult(Block(inner.RunAsync(input))), Some.Configs("a", "b"), Strategy.Shadow());

        // some inline and some on threads of their own
        for (var round = 0; round < 3; round++)
            Assert.Equal(Enumerable.Range(0, 64), await Task.WhenAll(Enumerable.Range(0, 64).Select(input => outer.RunAsync(input))).Soon());
    }

    [Fact]
    public async Task Functions_that_start_one_another_for_ever_do_not_pile_up()
    {
        var left = 200;
        var first = new WeakReference(null);
        Experiment<object, string>? experiment = null;
        experiment = Client.CreateExperiment<object, string>("experiment", async (input, context) =>
        {
            first.Target ??= input;
            if (Interlocked.Decrement(ref left) == 0)
                return await HangAsync();
            _ = experiment!.RunAsync(new object());
            return "";
        }, Some.Configs("a"), Strategy.RoundRobin);
        _ = experiment.RunAsync(new object());
        await _inside.Opened;

        Assert.True(SpinWait.SpinUntil(() =>
        {
            GC.Collect();
            return !first.IsAlive;
        }, Gate.Patience));
        _gate.Open();
    }

    private static readonly Dictionary<string, Func<Func<Task<string>>, Task<string>>> Routes = new()
    {
        ["directly"] = run => run(),
        ["through a helper"] = async run =>
        {
            await Task.Yield();
            return await run();
        },
        ["through an interface"] = run => ((IStep)new Step(run)).TakeAsync(),
        ["through Task.Run"] = run => Task.Run(run),
        ["after ConfigureAwait(false)"] = async run =>
        {
            await Task.Delay(1).ConfigureAwait(false);
            return await run().ConfigureAwait(false);
        },
        ["in Parallel"] = async run =>
        {
            var answer = "";
            await Parallel.ForEachAsync([1], async (_, _) => answer = await run());
            return answer;
        },
        ["on a thread"] = async run =>
        {
            var answer = new TaskCompletionSource<string>();
            new Thread(() => answer.SetResult(Block(run()))).Start();
            return await answer.Task;
        },
        ["blocking"] = run => Task.FromResult(Block(run())),
    };

    private async Task<string> HangAsync()
    {
        _inside.Open();
        await _gate.Opened;
        return "";
    }

    private static T Block<T>(Task<T> task)
    {
        Assert.True(((IAsyncResult)task).AsyncWaitHandle.WaitOne(Gate.Patience), "the run has not ended in time");
        return task.GetAwaiter().GetResult();
    }

    private static (long Eligible, long NotSampled, long Started) Counts(ShadowCounts counts) => (counts.Eligible, counts.NotSampled, counts.Started);

    private interface IStep
    {
        Task<string> TakeAsync();
    }

    private sealed class Step(Func<Task<string>> run) : IStep
    {
        public Task<string> TakeAsync() => run();
    }
}
