using Spearmint.Domain;

namespace Spearmint.Support;

/// <summary>Keeps every event, and tells when there are enough.</summary>
internal sealed class CollectingSink : IBranchSink
{
    private readonly Lock _gate = new();
    private readonly List<ExperimentEvent> _events = [];
    private readonly List<(Func<IReadOnlyList<ExperimentEvent>, bool> Enough, TaskCompletionSource<IReadOnlyList<ExperimentEvent>> Waiter)> _waiters = [];

    public IReadOnlyList<ExperimentEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    /// <summary>How many batches have come.</summary>
    public int Calls { get; private set; }

    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Calls++;
            _events.AddRange(batch);
            foreach (var (_, waiter) in _waiters.Where(waiting => waiting.Enough(_events)))
                waiter.TrySetResult([.. _events]);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ExperimentEvent>> WhenAsync(Func<IReadOnlyList<ExperimentEvent>, bool> enough)
    {
        lock (_gate)
        {
            if (enough(_events))
                return Task.FromResult<IReadOnlyList<ExperimentEvent>>([.. _events]);

            var waiter = new TaskCompletionSource<IReadOnlyList<ExperimentEvent>>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((enough, waiter));
            return waiter.Task.Soon();
        }
    }

    public async Task<IReadOnlyList<BranchFinished>> FinishedAsync(int count) =>
        [.. (await WhenAsync(events => events.OfType<BranchFinished>().Count() >= count)).OfType<BranchFinished>()];
}
