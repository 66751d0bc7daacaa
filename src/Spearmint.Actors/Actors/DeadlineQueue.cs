using Akka.Actor;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>
/// The deadlines of one supervisor. Adding and removing costs a few pointers and no timer: there is one timer, set to the earliest deadline
/// that was in force when it was set. Touched by that supervisor alone.
/// </summary>
internal sealed class DeadlineQueue : IDisposable
{
    // lists of lengths that only single runs had are swept away beyond this, and again when there are twice as many as had to stay
    private const int ManyLists = 64;

    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Dictionary<TimeSpan, ExpiringList> _lists = [];
    private int _sweepAt = ManyLists;
    private TimeSpan _latestLength;
    private ExpiringList? _latest;
    private long _armedFor = long.MaxValue;

    /// <param name="clock">Tells the time.</param>
    /// <param name="supervisor">Is told <see cref="DeadlinePassed"/> when it is time to take what is due.</param>
    public DeadlineQueue(TimeProvider clock, IActorRef supervisor)
    {
        _clock = clock;
        _timer = clock.CreateTimer(
            _ => supervisor.Tell(DeadlinePassed.Instance, ActorRefs.NoSender), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts a deadline.</summary>
    /// <param name="item">What is to end.</param>
    /// <param name="length">How long it may take.</param>
    /// <param name="now">The clock's timestamp.</param>
    public void Add(Expiring item, TimeSpan length, long now)
    {
        item.DueAt = now + (long)(length.TotalSeconds * _clock.TimestampFrequency);
        ListOf(length).Add(item);
        if (item.DueAt < _armedFor)
            Arm(item.DueAt, now);
    }

    public static void Remove(Expiring item) => item.List?.Remove(item);

    /// <summary>Takes one thing that is due; sets the timer for the next when there is none.</summary>
    public Expiring? TakeDue()
    {
        var now = _clock.GetTimestamp();
        var earliest = Earliest();
        if (earliest is not null && earliest.DueAt <= now)
        {
            Remove(earliest);
            return earliest;
        }

        _armedFor = long.MaxValue;
        if (earliest is not null)
            Arm(earliest.DueAt, now);
        return null;
    }

    /// <summary>How many lengths of deadlines are kept apart.</summary>
    public int Lengths => _lists.Count;

    public void Dispose() => _timer.Dispose();

    private Expiring? Earliest()
    {
        Expiring? earliest = null;
        foreach (var list in _lists.Values)
        {
            if (list.First is { } first && (earliest is null || first.DueAt < earliest.DueAt))
                earliest = first;
        }

        return earliest;
    }

    private ExpiringList ListOf(TimeSpan length)
    {
        if (_latest is not null && _latestLength == length)
            return _latest;

        if (!_lists.TryGetValue(length, out var list))
        {
            if (_lists.Count >= _sweepAt)
                Sweep();
            _lists.Add(length, list = new ExpiringList());
        }

        _latestLength = length;
        return _latest = list;
    }

    private void Sweep()
    {
        foreach (var (length, _) in _lists.Where(entry => entry.Value.First is null).ToList())
            _lists.Remove(length);

        _sweepAt = Math.Max(ManyLists, 2 * _lists.Count);
    }

    // a timer counts whole milliseconds, and must not come too early
    private void Arm(long dueAt, long now)
    {
        _armedFor = dueAt;
        var milliseconds = Math.Ceiling((dueAt - now) * 1000.0 / _clock.TimestampFrequency);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, milliseconds)), Timeout.InfiniteTimeSpan);
    }
}

/// <summary>Tells a supervisor that a deadline may have passed.</summary>
internal sealed record DeadlinePassed
{
    public static DeadlinePassed Instance { get; } = new();
}
