using Spearmint.Domain;

namespace Spearmint.Execution;

/// <summary>
/// What waits for a sink: events up to a limit, and an <see cref="EventsDropped"/> in the place of each stretch that was dropped. Stretches
/// that meet become one, so there are never more of them than events, but for one at each end.
/// </summary>
internal sealed class SinkQueue(SinkOptions options, TimeProvider clock, Action<string, long>? dropped = null)
{
    private readonly Queue<ExperimentEvent> _waiting = new();
    private readonly Tally _droppedBy = new();

    // before and behind all that waits; these two can still grow, and there is only the first while nothing waits. Between them, what waits
    // begins and ends with an event: a batch takes the stretches right behind it too
    private EventsDropped? _head;
    private EventsDropped? _tail;

    private List<ExperimentEvent>? _batch;
    private int _stretchesWaiting;
    private int _eventsInBatch;
    private long _waitingSince;

    /// <summary>Whether a batch has been taken that is neither written nor given up.</summary>
    public bool IsWriting => _batch is not null;

    /// <summary>Whether the batch has no event in it and only tells of some that were dropped.</summary>
    public bool IsTelling => IsWriting && _eventsInBatch == 0;

    /// <summary>Events that no batch has taken yet.</summary>
    public int Waiting => _waiting.Count - _stretchesWaiting;

    /// <summary>Events that wait or are in the batch.</summary>
    public int Queued => Waiting + _eventsInBatch;

    /// <summary>Whether the next batch has something to tell, be it only that events were dropped.</summary>
    public bool HasNews => _waiting.Count > 0 || _head is not null;

    /// <summary>Events that found room.</summary>
    public long Accepted { get; private set; }

    /// <summary>Events that the sink has taken.</summary>
    public long Written { get; private set; }

    /// <summary>Events that the sink will not get, by reason, as of now.</summary>
    public IReadOnlyDictionary<string, long> DroppedBy() => _droppedBy.Snapshot();

    /// <summary>Adds events as far as there is room. Gives the stretch that found none, or null.</summary>
    public EventsDropped? Add(IReadOnlyList<ExperimentEvent> events)
    {
        if (Waiting == 0)
            _waitingSince = clock.GetTimestamp();
        var room = Math.Min(options.QueueLimit - Queued, events.Count);
        if (room > 0 && _tail is not null)
            EnqueueTail(_tail);
        for (var index = 0; index < room; index++)
            _waiting.Enqueue(events[index]);

        Accepted += room;
        return room == events.Count ? null : Drop(events, room, DropReasons.QueueFull);
    }

    /// <summary>Drops events that have just come.</summary>
    public EventsDropped Refuse(IReadOnlyList<ExperimentEvent> events, string reason) => Drop(events, from: 0, reason);

    /// <summary>How long what waits may still wait for a fuller batch.</summary>
    public TimeSpan UntilDue()
    {
        if (options.BatchTime == TimeSpan.Zero || Waiting >= Math.Min(options.MaxBatch, options.QueueLimit))
            return TimeSpan.Zero;

        var left = options.BatchTime - clock.GetElapsedTime(_waitingSince);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>The next batch: events up to the limit, and what was dropped before, between and right behind them.</summary>
    public IReadOnlyList<ExperimentEvent> Take()
    {
        _batch = new List<ExperimentEvent>(Math.Min(_waiting.Count, options.MaxBatch));
        if (_head is not null)
            _batch.Add(_head);
        _head = null;
        while (_waiting.TryPeek(out var next) && (next is EventsDropped || _eventsInBatch < options.MaxBatch))
        {
            _batch.Add(_waiting.Dequeue());
            if (next is EventsDropped)
                _stretchesWaiting--;
            else
                _eventsInBatch++;
        }

        if (_waiting.Count == 0 && _tail is not null)
        {
            _batch.Add(_tail);
            _tail = null;
        }

        return _batch.AsReadOnly();
    }

    /// <summary>The sink has taken the batch.</summary>
    public void Complete()
    {
        Written += _eventsInBatch;
        EndBatch();
    }

    /// <summary>The sink will not get the batch: the next one begins with a stretch in its place, which is given back.</summary>
    public EventsDropped GiveUp(string reason)
    {
        var dropped = Stretch(_batch!, 0, reason);
        Count(reason, _eventsInBatch);
        EndBatch();
        _head = Join(dropped, _head);
        return dropped;
    }

    /// <summary>Drops the batch and all that waits. Gives all that the sink has not been told of, or null.</summary>
    public EventsDropped? DropAll(string reason)
    {
        if (IsWriting)
            GiveUp(reason);
        Count(reason, Waiting);
        if (_waiting.Count > 0)
            _head = Join(_head, Stretch([.. _waiting], 0, reason));

        if (_tail is not null)
            _head = Join(_head, _tail);

        _waiting.Clear();
        _stretchesWaiting = 0;
        _tail = null;
        return _head;
    }

    private EventsDropped Drop(IReadOnlyList<ExperimentEvent> events, int from, string reason)
    {
        var dropped = Stretch(events, from, reason);
        Count(reason, events.Count - from);
        if (_waiting.Count == 0)
            _head = Join(_head, dropped);
        else
            _tail = Join(_tail, dropped);
        return dropped;
    }

    private void EnqueueTail(EventsDropped tail)
    {
        _waiting.Enqueue(tail);
        _stretchesWaiting++;
        _tail = null;
    }

    private void EndBatch()
    {
        _batch = null;
        _eventsInBatch = 0;
    }

    private void Count(string reason, long events)
    {
        if (events == 0)
            return;

        _droppedBy.Add(reason, events);
        dropped?.Invoke(reason, events);
    }

    private static EventsDropped Stretch(IReadOnlyList<ExperimentEvent> events, int from, string reason) => new(
        events[from].Sequence,
        events[^1] is EventsDropped last ? last.Last : events[^1].Sequence,
        events[from] is EventsDropped first ? first.Reason : reason);

    private static EventsDropped Join(EventsDropped? first, EventsDropped? second) =>
        first is null ? second! : second is null ? first : new EventsDropped(first.Sequence, second.Last, first.Reason);
}
