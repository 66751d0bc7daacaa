using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

/// <summary>All of (awaited, shadow) x (caller's token, deadline); the deadlines alone are in <see cref="DeadlineTests"/>.</summary>
public sealed class CancellationTests : SpearmintKit
{
    private readonly CancellationTokenSource _caller = new();
    private readonly Gate _inside = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task Awaited_and_the_callers_token_the_caller_is_answered_at_once_with_that_token_even_if_the_function_ignores_it()
    {
        var experiment = Experiment(Strategy.RoundRobin);
        var run = experiment.RunAsync("", _caller.Token);
        await _inside.Opened;

        await _caller.CancelAsync();

        Assert.Equal(_caller.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon())).CancellationToken);
        Assert.Equal(BranchStatus.Cancelled, Assert.Single(await Sink.FinishedAsync(1)).Status);
        _gate.Open();
        Assert.Equal(BranchStatus.Success, ((BranchLate)(await Sink.WhenAsync(all => all.OfType<BranchLate>().Any()))[^1]).Status);
    }

    [Theory]
    [InlineData("round_robin")]
    [InlineData("shadow")]
    [InlineData("multi_branch")]
    public async Task A_plain_message_is_answered_with_the_callers_token_too(string strategy)
    {
        var run = AskAsync(strategy, async (_, _, _) => await HangAsync(""), Some.Configs("a"), cancellationToken: _caller.Token);
        await _inside.Opened;

        await _caller.CancelAsync();

        Assert.Equal(_caller.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run)).CancellationToken);
        _gate.Open();
    }

    [Fact]
    public async Task A_function_that_heeds_the_callers_own_token_is_cancelled_and_not_failed()
    {
        var run = AskAsync("round_robin", async (_, _, _) =>
        {
            _inside.Open();
            await Task.Delay(Timeout.Infinite, _caller.Token);
            return null;
        }, Some.Configs("a"), cancellationToken: _caller.Token);
        await _inside.Opened;

        await _caller.CancelAsync();

        Assert.Equal(_caller.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run)).CancellationToken);
        Assert.Equal(BranchStatus.Cancelled, Assert.Single(await Sink.FinishedAsync(1)).Status);
    }

    [Fact]
    public async Task Many_awaited_and_the_callers_token_every_branch_is_cancelled()
    {
        var experiment = Experiment(Strategy.MultiBranch);
        var run = experiment.RunAllAsync("", _caller.Token);
        await _inside.Opened;

        await _caller.CancelAsync();

        Assert.Equal(_caller.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon())).CancellationToken);
        Assert.All(await Sink.FinishedAsync(2), finished => Assert.Equal(BranchStatus.Cancelled, finished.Status));
        Assert.Equal(1, (await experiment.GetAccountAsync()).Answered);
        _gate.Open();
    }

    [Fact]
    public async Task Shadow_and_the_callers_token_the_shadow_goes_on()
    {
        var experiment = Experiment(Strategy.Shadow(), (input, context) => context.Role == BranchRole.Shadow ? HangAsync(context.Config.Id) : Task.FromResult(input));
        var result = await experiment.RunDetailedAsync("primary", _caller.Token).Soon();
        await _inside.Opened;

        await _caller.CancelAsync();
        _gate.Open();

        var shadow = Assert.Single(await experiment.GatherShadowsAsync(result.RunId).Soon());
        Assert.Equal((BranchStatus.Success, "b"), (shadow.Status, shadow.Output));
    }

    [Fact]
    public async Task A_shadow_that_gives_up_after_its_caller_has_cancelled_has_failed_and_was_not_cancelled()
    {
        var experiment = Experiment(Strategy.Shadow(), async (input, context) =>
        {
            if (context.Role == BranchRole.Shadow)
            {
                await HangAsync("");
                throw new OperationCanceledException("its own");
            }

            return input;
        });
        var result = await experiment.RunDetailedAsync("", _caller.Token).Soon();
        await _inside.Opened;

        await _caller.CancelAsync();
        _gate.Open();

        Assert.Equal(BranchStatus.Failed, Assert.Single(await experiment.GatherShadowsAsync(result.RunId).Soon()).Status);
    }

    [Fact]
    public async Task Cancelling_the_primary_leaves_its_shadows_running()
    {
        var id = Guid.NewGuid();
        var experiment = Experiment(Strategy.Shadow());
        var run = experiment.RunAsync("", new RunOptions { RunId = id }, _caller.Token);
        await _inside.Opened;

        await _caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        _gate.Open();

        Assert.Equal(BranchStatus.Success, Assert.Single(await experiment.GatherShadowsAsync(id).Soon()).Status);
    }

    [Fact]
    public async Task Cancelling_after_the_primary_has_ended_does_not_lose_its_value()
    {
        var experiment = Experiment(Strategy.RoundRobin, (input, _) => Task.FromResult(input));
        var run = experiment.RunAsync("value", _caller.Token);
        await Sink.FinishedAsync(1);

        await _caller.CancelAsync();

        Assert.Equal("value", await run.Soon());
        Assert.Equal(1, (await experiment.GetAccountAsync()).Branches.Success);
    }

    [Fact]
    public async Task A_wait_for_shadows_ends_with_the_callers_token()
    {
        var experiment = Experiment(Strategy.Shadow(), (input, context) => context.Role == BranchRole.Shadow ? HangAsync("") : Task.FromResult(input));
        var result = await experiment.RunDetailedAsync("").Soon();
        var gathering = experiment.GatherShadowsAsync(result.RunId, _caller.Token);

        await _caller.CancelAsync();

        Assert.Equal(_caller.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gathering.Soon())).CancellationToken);
        _gate.Open();
    }

    protected override void AfterAll()
    {
        _caller.Dispose();
        base.AfterAll();
    }

    private Experiment<string, string> Experiment(Strategy strategy, Func<string, BranchContext, Task<string>>? function = null) =>
        Client.CreateExperiment("experiment", function ?? ((input, _) => HangAsync(input)), Some.Configs("a", "b"), strategy);

    private async Task<string> HangAsync(string output)
    {
        _inside.Open();
        await _gate.Opened;
        return output;
    }
}
