using Spearmint.Domain;

namespace Spearmint.Support;

/// <summary>Keeps every event, and tells when there are enough.</summary>
internal sealed class CollectingSink : IBranchSink
{
    private readonly Lock _gate = new();
    private readonly List<BranchEvent> _events = [];
    private readonly List<(Func<IReadOnlyList<BranchEvent>, bool> Enough, TaskCompletionSource<IReadOnlyList<BranchEvent>> Waiter)> _waiters = [];

    public IReadOnlyList<BranchEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    public Task WriteAsync(IReadOnlyList<BranchEvent> batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _events.AddRange(batch);
            foreach (var (_, waiter) in _waiters.Where(waiting => waiting.Enough(_events)))
                waiter.TrySetResult([.. _events]);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<BranchEvent>> WhenAsync(Func<IReadOnlyList<BranchEvent>, bool> enough)
    {
        lock (_gate)
        {
            if (enough(_events))
                return Task.FromResult<IReadOnlyList<BranchEvent>>([.. _events]);

            var waiter = new TaskCompletionSource<IReadOnlyList<BranchEvent>>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((enough, waiter));
            return waiter.Task.Soon();
        }
    }

    public async Task<IReadOnlyList<BranchFinished>> FinishedAsync(int count) =>
        [.. (await WhenAsync(events => events.OfType<BranchFinished>().Count() >= count)).OfType<BranchFinished>()];
}
