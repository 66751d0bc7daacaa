using System.Collections.Concurrent;
using Akka.Actor;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

/// <summary>What users hang into the runs of an experiment.</summary>
public sealed class HookTests : SpearmintKit
{
    private readonly ConcurrentQueue<(string Hook, Exception Exception)> _reported = new();
    private readonly ConcurrentQueue<Branch<string>> _got = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Gate _inside = new();
    private readonly Gate _gate = new();

    // Scientist says of it that the experiment has misbehaved, or lets it out to the caller
    [Fact]
    public async Task A_before_hook_that_throws_is_reported_as_itself()
    {
        var thrown = new IOException("no disk");
        var experiment = Create(Strategy.Shadow(), new()
        {
            BeforeRun = _ => throw thrown,
            OnHookError = (hook, exception) => _reported.Enqueue((hook, exception)),
        });

        Assert.Equal("answer of a", await experiment.RunAsync("answer").Soon());

        Assert.Equal((HookNames.BeforeRun, thrown), Assert.Single(_reported));
        var failed = (HookFailed)(await Sink.WhenAsync(all => all.OfType<HookFailed>().Any())).Single(happened => happened is HookFailed);
        Assert.Equal((experiment.Name, HookNames.BeforeRun), (failed.Experiment, failed.Hook));
        Assert.Equal(("System.IO.IOException", "no disk"), (failed.Error.Type, failed.Error.Message));
        Assert.Contains(nameof(A_before_hook_that_throws_is_reported_as_itself), failed.Error.StackTrace, StringComparison.Ordinal);
        Assert.True(failed.Sequence > 0);
    }

    [Fact]
    public async Task A_throw_in_any_hook_changes_no_answer()
    {
        var experiment = Create(Strategy.RoundRobin, new()
        {
            KeyOf = _ => throw new IOException(HookNames.Key),
            RunIf = _ => throw new IOException(HookNames.RunIf),
            Context = _ => throw new IOException(HookNames.Context),
            BeforeRun = _ => throw new IOException(HookNames.BeforeRun),
            AfterBranch = _ => throw new IOException(HookNames.AfterBranch),
            OnHookError = (_, _) => throw new IOException(HookNames.OnHookError),
        });

        Assert.Equal("answer of a", await experiment.RunAsync("answer").Soon());

        var failed = (await Sink.WhenAsync(all => all.OfType<HookFailed>().Count() == 10)).OfType<HookFailed>().ToList();
        Assert.All(failed, one => Assert.Equal(one.Hook, one.Error.Message));
        Assert.Equal(5, failed.Count(one => one.Hook == HookNames.OnHookError));
    }

    [Fact]
    public async Task The_hooks_before_a_run_are_called_on_the_callers_thread_before_anything_runs()
    {
        var threads = new List<int>();
        var calls = new ConcurrentQueue<string>();
        var experiment = Client.CreateExperiment<string, string>("experiment", (_, _) =>
        {
            calls.Enqueue("function");
            return Task.FromResult("");
        }, Some.Configs("a"), Strategy.RoundRobin, new ExperimentOptions<string, string>
        {
            KeyOf = _ => Note("key"),
            RunIf = _ => Note("run_if") is not null,
            Context = _ => new Dictionary<string, string> { ["note"] = Note("context") },
            BeforeRun = _ => Note("before_run"),
        });

        var caller = Environment.CurrentManagedThreadId;
        await experiment.RunAsync("");

        Assert.Equal(["key", "run_if", "context", "before_run", "function"], calls);
        Assert.All(threads, thread => Assert.Equal(caller, thread));

        string Note(string hook)
        {
            threads.Add(Environment.CurrentManagedThreadId);
            calls.Enqueue(hook);
            return hook;
        }
    }

    [Fact]
    public async Task The_key_of_a_single_run_wins()
    {
        var asked = 0;
        var experiment = Create(Strategy.RoundRobin, new() { KeyOf = input => $"{input}{asked++}" });

        await experiment.RunAsync("", new RunOptions { Key = "own" });
        Assert.Equal(0, asked);
        await experiment.RunAsync("");
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task The_context_is_recorded_with_every_branch()
    {
        var experiment = Create(Strategy.Shadow(), new() { Context = input => new Dictionary<string, string> { ["tenant"] = input, ["token"] = "abc" } });

        var result = await experiment.RunDetailedAsync("7").Soon();
        await Sink.FinishedAsync(2);

        Assert.Equal("7", result.Branches[0].Context["tenant"]);
        Assert.All(Sink.Events.OfType<BranchEvent>(), happened => Assert.Equal(("7", "***"), (happened.Context["tenant"], happened.Context["token"])));
        Assert.Equal(4, Sink.Events.Count);
    }

    [Fact]
    public async Task The_context_is_without_the_secrets_of_the_configs_that_the_run_brings()
    {
        var experiment = Client.CreateExperiment<string, string>(
            "experiment", (input, _, _) => Task.FromResult(input), configs: null, Strategy.RoundRobin, new ExperimentOptions<string, string>
            {
                Context = input => new Dictionary<string, string> { ["said"] = input },
            });

        await experiment.RunAsync("use hunter2 today", new RunOptions { Configs = [Config.From(new { password = "hunter2" }, "a")] }).Soon();

        Assert.Equal("use *** today", Assert.Single(await Sink.FinishedAsync(1)).Context["said"]);
    }

    [Fact]
    public async Task The_context_of_a_plain_message_is_without_secrets_too()
    {
        var configs = new ConfigSet([Config.From(new { password = "hush" }, "a")]);
        await Client.RunAsync(new RunExperiment(Some.ConfigId, configs)
        {
            StrategyName = "round_robin",
            Context = new Dictionary<string, string> { ["secret"] = "abc", ["url"] = "?hush" },
        }).Soon();

        Assert.Equal(["***", "?***"], Assert.Single(await Sink.FinishedAsync(1)).Context.Values);
    }

    [Fact]
    public async Task The_hook_after_a_branch_gets_what_has_ended_and_what_was_skipped_whatever_became_of_it()
    {
        var thrown = new IOException("no disk");
        var experiment = Client.CreateExperiment<string, string>("experiment", async (input, context) =>
        {
            if (context.Config.Id == "hangs")
                await _gate.Opened;
            return context.Config.Id == "fails" ? throw thrown : input;
        }, Some.Configs("answers", "fails", "hangs", "waits"), Strategy.Shadow(), new ExperimentOptions<string, string>
        {
            AfterBranch = Note,
            Settings = new StrategySettings { ShadowDeadline = TimeSpan.FromMilliseconds(50), ShadowQueueLimit = 0, MaxConcurrentShadows = 2 },
        });

        var result = await experiment.RunDetailedAsync("output").Soon();
        var branches = await ArrivedAsync(4);
        _gate.Open();

        Assert.All(branches, branch => Assert.Equal(result.RunId, branch.RunId));
        Assert.Equal(
            [("answers", BranchStatus.Success), ("fails", BranchStatus.Failed), ("hangs", BranchStatus.TimedOut), ("waits", BranchStatus.Skipped)],
            branches.Select(branch => (branch.Config.Id, branch.Status)).Order());
        Assert.Equal("output", branches.Single(branch => branch.Config.Id == "answers").Output);
        Assert.Same(thrown, branches.Single(branch => branch.Config.Id == "fails").Exception);
        Assert.Equal(SkipReasons.QueueFull, branches.Single(branch => branch.Config.Id == "waits").SkipReason);
    }

    [Theory]
    [InlineData("round_robin", 1)]
    [InlineData("multi_branch", 2)]
    [InlineData("first_success", 2)]
    public async Task Each_branch_of_every_role_reaches_the_hook_once(string strategy, int branches)
    {
        var known = new Dictionary<string, Strategy>
        {
            ["round_robin"] = Strategy.RoundRobin,
            ["multi_branch"] = Strategy.MultiBranch,
            ["first_success"] = Strategy.FirstSuccess,
        };
        var experiment = Create(known[strategy], new() { AfterBranch = Note });

        await experiment.RunDetailedAsync("").Soon();
        await Client.Root.Ask<Drained>(new Drain(Gate.Patience)).Soon();

        Assert.Equal(branches, _got.Count);
    }

    [Fact]
    public async Task Branches_reach_the_hook_in_the_order_in_which_they_ended()
    {
        var experiment = Client.CreateExperiment<string, string>("experiment", async (input, context) =>
        {
            if (context.Role == BranchRole.Shadow)
                await _gate.Opened;
            return input;
        }, Some.Configs("a", "b"), Strategy.Shadow(), new ExperimentOptions<string, string> { AfterBranch = Note });

        await experiment.RunAsync("1").Soon();
        await experiment.RunAsync("2").Soon();
        _gate.Open();

        Assert.Equal(["1 a", "2 a", "? b", "? b"], (await ArrivedAsync(4)).Select(branch => $"{(branch.Config.Id == "a" ? branch.Output : "?")} {branch.Config.Id}"));
    }

    [Fact]
    public async Task A_hook_that_hangs_changes_no_answer_no_shadow_and_no_drain()
    {
        var experiment = Create(Strategy.Shadow(), new()
        {
            AfterBranch = _ =>
            {
                _inside.Open();
                _gate.Block();
            },
        });
        await experiment.RunAsync("").Soon();
        await _inside.Opened;

        for (var run = 0; run < 2000; run++)
            Assert.Equal("answer of a", await experiment.RunAsync("answer").Soon());
        await Sink.FinishedAsync(4002);

        var account = await experiment.GetAccountAsync();
        Assert.Equal((2001, 2001), (account.Answered, account.Shadows.Started));
        Assert.Equal(4002 - 1 - BranchHook<string>.Limit, experiment.MissedHooks);
        Assert.Single(Sink.Events.OfType<HookFailed>());
        Assert.Equal(0, (await Client.Root.Ask<Drained>(new Drain(TimeSpan.FromMilliseconds(100))).Soon()).CutShort);
        _gate.Open();
    }

    [Fact]
    public async Task A_drain_gives_the_hooks_that_wait_what_is_left_of_its_time()
    {
        var experiment = Create(Strategy.RoundRobin, new()
        {
            AfterBranch = branch =>
            {
                _inside.Open();
                _gate.Block();
                throw new IOException(branch.Output);
            },
        });
        await experiment.RunAsync("first").Soon();
        await experiment.RunAsync("second").Soon();
        await _inside.Opened;

        var drained = Client.Root.Ask<Drained>(new Drain(Gate.Patience));
        await Assert.ThrowsAsync<ShuttingDownException>(async () =>
        {
            while (true)
                await experiment.RunAsync("third").Soon();
        });
        _gate.Open();
        await drained.Soon();

        Assert.True(Sink.Events.OfType<HookFailed>().Count() >= 2);
    }

    [Fact]
    public async Task What_a_hook_runs_belongs_to_no_branch()
    {
        var parents = new ConcurrentQueue<Guid?>();
        var other = Client.CreateExperiment<string, string>("other", (input, _) => Task.FromResult(input), Some.Configs("a"), Strategy.RoundRobin,
            new ExperimentOptions<string, string>
            {
                AfterBranch = branch =>
                {
                    parents.Enqueue(branch.ParentBranchId);
                    _arrived.Release();
                },
            });
        var inner = Create(Strategy.RoundRobin, new() { AfterBranch = branch => _ = other.RunAsync("") });
        var outer = Client.CreateExperiment<string, string>("outer", async (input, _) =>
        {
            var answer = await inner.RunAsync(input);
            Assert.True(await _arrived.WaitAsync(Gate.Patience));
            return answer;
        }, Some.Configs("a"), Strategy.RoundRobin);

        await outer.RunAsync("").Soon();

        Assert.Null(Assert.Single(parents));
    }

    [Fact]
    public void Options_for_other_types_are_refused_when_the_experiment_is_made()
    {
        Assert.Throws<ArgumentException>(() => Client.CreateExperiment<string, int>(
            "experiment", (_, _) => Task.FromResult(1), Some.Configs("a"), Strategy.RoundRobin, new ExperimentOptions<string, string>()));
        Assert.Empty(Client.ExperimentNames);
    }

    private Experiment<string, string> Create(Strategy strategy, ExperimentOptions<string, string> options) => Client.CreateExperiment<string, string>(
        "experiment", (input, context) => Task.FromResult($"{input} of {context.Config.Id}"), Some.Configs("a", "b"), strategy, options);

    private void Note(Branch<string> branch)
    {
        _got.Enqueue(branch);
        _arrived.Release();
    }

    private async Task<IReadOnlyCollection<Branch<string>>> ArrivedAsync(int count)
    {
        for (var arrived = 0; arrived < count; arrived++)
            Assert.True(await _arrived.WaitAsync(Gate.Patience));
        return [.. _got];
    }
}
