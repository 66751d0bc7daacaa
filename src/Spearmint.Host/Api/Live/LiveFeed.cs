using System.Security.Cryptography;
using Spearmint.Domain;

namespace Spearmint.Host.Api.Live;

/// <summary>The latest events, for readers that come and go. Nobody waits for a reader: one that is too slow finds that events have gone.</summary>
internal sealed class LiveFeed : IBranchSink
{
    public const string SinkName = "live";
    public const int DefaultCapacity = 10_000;

    private readonly Lock _gate = new();
    private readonly LiveEvent[] _ring;
    private long _last;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isAwaited;

    /// <summary>A feed of a fixed size.</summary>
    /// <param name="capacity">How many events are kept, at least 1.</param>
    public LiveFeed(int capacity = DefaultCapacity) => _ring = new LiveEvent[capacity];

    /// <summary>Which process's numbers these are: another has others.</summary>
    public string Session { get; } = RandomNumberGenerator.GetHexString(8, lowercase: true);

    /// <summary>The number of the newest event; 0 for none.</summary>
    public long Last
    {
        get
        {
            lock (_gate)
                return _last;
        }
    }

    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        TaskCompletionSource? awaited = null;
        lock (_gate)
        {
            for (var index = 0; index < batch.Count; index++)
            {
                if (LiveEvent.From(batch[index]) is { } happened)
                    _ring[_last++ % _ring.Length] = happened;
            }

            if (_isAwaited)
            {
                awaited = _more;
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _isAwaited = false;
            }
        }

        awaited?.SetResult();
        return Task.CompletedTask;
    }

    /// <summary>The events after a number, as many as there is room for.</summary>
    /// <param name="after">The number of the last event that the reader has; 0 for none.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>How many events after the number are gone, the number of the first event, the events, and where there are none what ends when more have come.</returns>
    public (long Missed, long First, IReadOnlyList<LiveEvent> Events, Task More) Read(long after, int most)
    {
        lock (_gate)
        {
            var first = Math.Max(after, _last - _ring.Length) + 1;
            var count = (int)Math.Min(most, _last - first + 1);
            _isAwaited |= count == 0;
            return (first - after - 1, first, [.. Enumerable.Range(0, count).Select(place => _ring[(first - 1 + place) % _ring.Length])], _more.Task);
        }
    }
}
