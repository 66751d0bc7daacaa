using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Client;

/// <summary>How branches reach the hook that wants them.</summary>
public sealed class BranchHookTests
{
    private readonly Protocol.Surroundings _surroundings = Some.Surroundings();
    private readonly List<Branch> _got = [];
    private readonly Gate _inside = new();
    private readonly Gate _gate = new();
    private readonly AsyncLocal<string> _local = new();

    [Fact]
    public async Task It_gets_every_branch_in_order_and_never_two_at_once()
    {
        var inside = 0;
        var hook = Hook(branch =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            _got.Add(branch);
            Interlocked.Decrement(ref inside);
        });
        var branches = Branches(500);

        foreach (var branch in branches)
            hook.Add(branch);
        await FlushAsync(hook);

        Assert.Equal(branches.Select(branch => branch.BranchId), _got.Select(branch => branch.BranchId));
        Assert.Empty(Logged());
    }

    [Fact]
    public async Task A_flush_waits_for_those_before_it()
    {
        var hook = Hook(Block);
        hook.Add(Branches(1)[0]);
        var flush = FlushAsync(hook);
        await _inside.Opened;

        Assert.False(flush.IsCompleted);
        _gate.Open();
        await flush;

        Assert.Single(_got);
    }

    [Fact]
    public async Task A_flush_of_a_hook_that_hangs_ends_at_its_limit()
    {
        var hook = Hook(Block);
        foreach (var branch in Branches(2000))
            hook.Add(branch);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hook.FlushAsync(new CancellationToken(canceled: true)));
        _gate.Open();
    }

    [Fact]
    public async Task Behind_a_hook_that_hangs_so_many_wait_and_all_others_are_counted_and_told_of_once()
    {
        var hook = Hook(Block);
        hook.Add(Branches(1)[0]);
        await _inside.Opened;

        foreach (var branch in Branches(BranchHook<string>.Limit + 5000))
            hook.Add(branch);

        Assert.Equal(5000, hook.Missed);
        var failed = Assert.Single(Logged());
        Assert.Equal((HookNames.AfterBranch, typeof(OverloadedException).FullName), (failed.Hook, failed.Error.Type));
        Assert.Contains("pass it by", failed.Error.Message, StringComparison.Ordinal);
        _gate.Open();
        await FlushAsync(hook);
        Assert.Equal(1 + BranchHook<string>.Limit, _got.Count);
    }

    [Fact]
    public async Task It_is_told_of_again_when_a_hook_that_has_caught_up_falls_behind_again()
    {
        Gate gate = new(), inside = new();
        var hook = Hook(_ =>
        {
            inside.Open();
            gate.Block();
        });

        for (var burst = 1; burst <= 2; burst++)
        {
            hook.Add(Branches(1)[0]);
            await inside.Opened;
            foreach (var branch in Branches(BranchHook<string>.Limit + 1))
                hook.Add(branch);

            Assert.Equal(burst, hook.Missed);
            var caughtUp = gate;
            (gate, inside) = (new Gate(), new Gate());
            gate.Open();
            caughtUp.Open();
            await FlushAsync(hook);
            (gate, inside) = (new Gate(), new Gate());
        }

        Assert.Equal(2, Logged().Count());
        gate.Open();
    }

    [Fact]
    public async Task It_is_called_in_nobodys_context()
    {
        _local.Value = "the maker's";
        var seen = new List<string?>();
        var hook = Hook(_ =>
        {
            seen.Add(_local.Value);
            _local.Value = "the hook's";
        });

        _local.Value = "the caller's";
        for (var flushed = 0; flushed < 3; flushed++)
        {
            hook.Add(Branches(1)[0]);
            await FlushAsync(hook);
        }

        Assert.Null(seen[0]);
        Assert.Null(seen[2]);
    }

    private static List<Branch> Branches(int count) => [.. Enumerable.Range(0, count).Select(_ => Some.Branch().Succeed("", TimeSpan.Zero))];

    private static Task FlushAsync(BranchHook<string> hook) => hook.FlushAsync(CancellationToken.None).Soon();

    private BranchHook<string> Hook(Action<Branch<string>> action) => new("rank", action, new HookFailures("rank", null, _surroundings), _surroundings);

    private void Block(Branch<string> branch)
    {
        _inside.Open();
        _gate.Block();
        _got.Add(branch);
    }

    private IEnumerable<HookFailed> Logged()
    {
        while (_surroundings.Log.TryTake(out var item))
            yield return (HookFailed)item!;
    }
}
