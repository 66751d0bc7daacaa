using Spearmint.Domain;

namespace Spearmint.Host.Experiments;

/// <summary>A sink for one run that waits for the end of its primary: a run that throws tells its caller nothing of its id.</summary>
internal sealed class PrimaryWatch : IBranchSink
{
    private readonly TaskCompletionSource<BranchFinished> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The record of the primary, when it is written.</summary>
    public Task<BranchFinished> Ended => _ended.Task;

    public Task WriteAsync(IReadOnlyList<BranchEvent> batch, CancellationToken cancellationToken)
    {
        foreach (var happened in batch)
        {
            if (happened is BranchFinished { Role: BranchRole.Primary } primary)
                _ended.TrySetResult(primary);
        }

        return Task.CompletedTask;
    }
}
