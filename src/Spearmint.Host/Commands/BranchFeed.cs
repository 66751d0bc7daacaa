using System.Threading.Channels;
using Spearmint.Domain;

namespace Spearmint.Host.Commands;

/// <summary>A sink that hands on the events of some runs as they come.</summary>
internal sealed class BranchFeed : IBranchSink
{
    private readonly Channel<BranchEvent> _events = Channel.CreateUnbounded<BranchEvent>();
    private readonly Lock _gate = new();
    private TaskCompletionSource _reached = new();
    private int _awaited = int.MaxValue;
    private int _ended;

    public ChannelReader<BranchEvent> Events => _events.Reader;

    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var happened in batch.OfType<BranchEvent>())
            {
                _events.Writer.TryWrite(happened);
                if (happened is BranchFinished)
                    _ended++;
            }

            Look();
        }

        return Task.CompletedTask;
    }

    /// <summary>Waits until so many branches, in all, have ended here.</summary>
    public Task HasEndedAsync(int branches, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _awaited = branches;
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Look();
            return _reached.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>There will be no more events.</summary>
    public void End() => _events.Writer.TryComplete();

    private void Look()
    {
        if (_ended >= _awaited)
            _reached.TrySetResult();
    }
}
