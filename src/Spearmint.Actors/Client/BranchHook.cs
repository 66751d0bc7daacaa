using System.Threading.Channels;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Client;

/// <summary>
/// Calls a hook with each branch that has ended, one after the other, on a thread that it may block. Branches wait for it in a queue; those
/// that find it full pass the hook by and are counted.
/// </summary>
internal sealed class BranchHook<TOutput> : IBranchHook
{
    public const int Limit = 1024;

    // a Branch, or a TaskCompletionSource of somebody who waits for those before it
    private readonly Channel<object> _waiting = Channel.CreateBounded<object>(new BoundedChannelOptions(Limit) { SingleReader = true });
    private readonly string _experiment;
    private readonly Action<Branch<TOutput>> _hook;
    private readonly HookFailures _failures;
    private readonly Surroundings _surroundings;
    private long _missed;
    private int _isBehind;

    public BranchHook(string experiment, Action<Branch<TOutput>> hook, HookFailures failures, Surroundings surroundings)
    {
        _experiment = experiment;
        _hook = hook;
        _failures = failures;
        _surroundings = surroundings;

        // not in the context of whoever makes the experiment: the hook belongs to no caller
        ThreadPool.UnsafeQueueUserWorkItem(static hook => _ = hook.PassOnAsync(), this, preferLocal: false);
    }

    /// <summary>Branches that have passed the hook by.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    public void Add(Branch branch)
    {
        if (!_waiting.Writer.TryWrite(branch))
            Miss();
    }

    public async Task FlushAsync(CancellationToken limit)
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _waiting.Writer.WriteAsync(flushed, limit);
        await flushed.Task.WaitAsync(limit);
    }

    private void Miss()
    {
        var missed = Interlocked.Increment(ref _missed);
        _surroundings.Telemetry.HookMissed(_experiment);
        if (Interlocked.Exchange(ref _isBehind, 1) == 0)
            _failures.Record(HookNames.AfterBranch, new OverloadedException(
                $"{Limit} branches wait for the hook, and until it has caught up others pass it by; {missed} have so far."), []);
    }

    // the wait holds no thread
    private async Task PassOnAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
            await _surroundings.Chores.Run(_ => PassOnAllThatWait(), null);
    }

    private Task<bool> PassOnAllThatWait()
    {
        while (_waiting.Reader.TryRead(out var next))
        {
            // it has caught up with what passed it by
            if (_waiting.Reader.Count == 0)
                Volatile.Write(ref _isBehind, 0);
            if (next is Branch branch)
                PassOn(branch);
            else
                ((TaskCompletionSource)next).TrySetResult();
        }

        return Task.FromResult(true);
    }

    private void PassOn(Branch branch)
    {
        try
        {
            _hook(new Branch<TOutput>(branch));
        }
        catch (Exception e)
        {
            // the hook is the user's code, and its caller is gone
            _failures.Report(HookNames.AfterBranch, e, branch.Config.SecretValues);
        }
    }
}
