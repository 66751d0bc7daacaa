using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

/// <summary>The deadline of a branch bounds the runs that its function asks for, whatever token they are given.</summary>
public sealed class NestedDeadlineTests : ClockedKit
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _unrelated = new();
    private readonly Gate _inside = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task The_outer_deadline_bounds_the_inner_one()
    {
        var inner = Inner(Strategy.RoundRobin);
        var outer = Client.CreateExperiment<string, string>("outer", (_, _) => inner.RunAsync("", _unrelated.Token), Some.Configs("a"), Strategy.RoundRobin);
        var run = outer.RunAsync("", new RunOptions { Deadline = 2 * Second });
        await _inside.Opened;

        Clock.Advance(2 * Second);
        Assert.Equal("outer", (await Assert.ThrowsAsync<BranchTimedOutException>(() => run.Soon())).Experiment);
        Clock.Advance(Second);

        Assert.Equal([BranchStatus.TimedOut, BranchStatus.TimedOut], (await Sink.FinishedAsync(2)).Select(finished => finished.Status));
        _gate.Open();
    }

    [Fact]
    public async Task Inside_a_shadow_it_is_the_deadline_of_the_shadow()
    {
        var inner = Inner(Strategy.RoundRobin);
        var outer = Client.CreateExperiment<string, string>(
            "outer", (_, context) => context.Role == BranchRole.Shadow ? inner.RunAsync("", _unrelated.Token) : Task.FromResult(""),
            Some.Configs("a", "b"), Strategy.Shadow());
        await outer.RunAsync("", new RunOptions { Deadline = Second, ShadowDeadline = 3 * Second }).Soon();
        await _inside.Opened;

        Clock.Advance(2 * Second);
        Assert.Equal(1, (await inner.GetAccountAsync()).InFlight);
        Clock.Advance(Second);
        Clock.Advance(Second);

        Assert.Equal(BranchStatus.TimedOut, Assert.Single(await Sink.FinishedAsync(3), finished => finished.Experiment == "inner").Status);
        _gate.Open();
    }

    [Fact]
    public async Task An_inner_deadline_that_is_shorter_holds()
    {
        var inner = Inner(Strategy.RoundRobin);
        var outer = Client.CreateExperiment<string, string>(
            "outer", (_, _) => inner.RunAsync("", new RunOptions { Deadline = Second }), Some.Configs("a"), Strategy.RoundRobin);
        var run = outer.RunAsync("");
        await _inside.Opened;

        Clock.Advance(Second);

        var timedOut = await Assert.ThrowsAsync<BranchTimedOutException>(() => run.Soon());
        Assert.Equal(("inner", Second), (timedOut.Experiment, timedOut.Deadline));
        _gate.Open();
    }

    [Fact]
    public async Task Shadows_of_an_inner_run_outlive_the_outer_one()
    {
        var inner = Inner(Strategy.Shadow());
        var outer = Client.CreateExperiment<string, Guid>(
            "outer", async (_, _) => (await inner.RunDetailedAsync("primary")).RunId, Some.Configs("a"), Strategy.RoundRobin);
        var runId = await outer.RunAsync("", new RunOptions { Deadline = Second }).Soon();
        await _inside.Opened;

        Clock.Advance(5 * Second);
        _gate.Open();

        Assert.Equal(BranchStatus.Success, Assert.Single(await inner.GatherShadowsAsync(runId).Soon()).Status);
    }

    [Fact]
    public async Task What_a_function_has_left_running_belongs_to_nobody_and_has_no_deadline()
    {
        var left = Task.FromResult<Branch>(null!);
        var inner = Inner(Strategy.RoundRobin);
        var outer = Client.CreateExperiment<string, string>("outer", (_, _) =>
        {
            left = Task.Run(async () =>
            {
                await _gate.Opened;
                return (Branch)(await inner.RunDetailedAsync("")).Branches[0];
            });
            return Task.FromResult("");
        }, Some.Configs("a"), Strategy.RoundRobin);

        await outer.RunAsync("", new RunOptions { Deadline = Second }).Soon();
        Clock.Advance(2 * Second);
        _gate.Open();

        var branch = await left.Soon();
        Assert.Equal((null, BranchStatus.Success), (branch.ParentBranchId, branch.Status));
    }

    // an input is the role whose function does not wait
    private Experiment<string, string> Inner(Strategy strategy) => Client.CreateExperiment<string, string>("inner", async (input, context) =>
    {
        if (input == "primary" && context.Role == BranchRole.Primary)
            return "";

        _inside.Open();
        await _gate.Opened;
        return "";
    }, Some.Configs("x", "y"), strategy);
}
