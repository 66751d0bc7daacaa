using Spearmint.Domain;

namespace Spearmint.Chaos;

/// <summary>The function under test: it does what its job says.</summary>
internal sealed class Function
{
    private static readonly string Much = new('x', Reply.MuchLength);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _neverEnding;

    /// <summary>How many calls have begun that do not end before <see cref="EndAll"/>.</summary>
    public int NeverEnding => Volatile.Read(ref _neverEnding);

    public void EndAll() => _end.TrySetResult();

    public Task<object?> CallAsync(Job job, BranchContext context)
    {
        var act = job.ActOf(context.Config.Id);
        switch (act.Behaviour)
        {
            case Behaviour.Returns:
                return Task.FromResult<object?>(ReplyTo(job, context));
            case Behaviour.ReturnsNull:
                return Task.FromResult<object?>(null);
            case Behaviour.ReturnsMuch:
                return Task.FromResult<object?>(ReplyTo(job, context) with { Much = string.Concat(Much, job.Number.ToString("x16", null)) });
            case Behaviour.Reports:
                context.Report("number", job.Number);
                return Task.FromResult<object?>(ReplyTo(job, context));
            case Behaviour.Throws:
                throw Failure(job, context);
            case Behaviour.ThrowsCancellation:
                throw job.Throwing(context.Config, new OperationCanceledException("nobody asked for this"));
            case Behaviour.Blocks:
                using (var never = new ManualResetEventSlim())
                    never.Wait(act.Milliseconds, CancellationToken.None);
                return Task.FromResult<object?>(ReplyTo(job, context));
            default:
                return CallLaterAsync(job, act, context);
        }
    }

    private async Task<object?> CallLaterAsync(Job job, Act act, BranchContext context)
    {
        switch (act.Behaviour)
        {
            case Behaviour.Delays:
                await Task.Delay(act.Milliseconds, context.CancellationToken);
                break;
            case Behaviour.HangsUntilCancelled:
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                break;
            case Behaviour.Lingers:
                await Task.Delay(act.Milliseconds, CancellationToken.None);
                break;
            case Behaviour.NeverEnds:
                Interlocked.Increment(ref _neverEnding);
                await _end.Task;
                break;
            default:
                await Task.Yield();
                break;
        }

        return act.Behaviour == Behaviour.ThrowsLater ? throw Failure(job, context) : ReplyTo(job, context);
    }

    private static Reply ReplyTo(Job job, BranchContext context) => new(job.Number, context.Config.Id);

    private static Exception Failure(Job job, BranchContext context) =>
        job.Throwing(context.Config, new ChaosException(job.Number, context.Config.Id));
}
