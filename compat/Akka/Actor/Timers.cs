namespace Akka.Actor;

/// <summary>Gives an actor timers that die with it.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}

/// <summary>Sends the actor messages later, one timer per key. A message of a cancelled or replaced timer never arrives.</summary>
public interface ITimerScheduler
{
    IReadOnlyCollection<object> ActiveTimers { get; }

    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);

    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);

    bool IsTimerActive(object key);

    void Cancel(object key);

    void CancelAll();
}

/// <summary>A timer's turn has come; whether it still counts is decided when this is taken from the mailbox.</summary>
internal sealed class TimerFired(object key, object message, bool repeats) : IAutoReceivedMessage, INoSerializationVerificationNeeded, Event.IDeadLetterSuppression
{
    public object Key { get; } = key;

    public object Message { get; } = message;

    public bool Repeats { get; } = repeats;

    public ICancelable Schedule { get; set; }
}

internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, TimerFired> _active = [];

    public IReadOnlyCollection<object> ActiveTimers => _active.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => StartPeriodicTimer(key, msg, interval, interval, null);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) => StartPeriodicTimer(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        StartPeriodicTimer(key, msg, initialDelay, interval, null);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender)
    {
        var fired = Replace(key, msg, repeats: true);
        fired.Schedule = cell.System.Scheduler.ScheduleTellRepeatedlyCancelable(initialDelay, interval, cell.Self, fired, sender);
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => StartSingleTimer(key, msg, timeout, null);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender)
    {
        var fired = Replace(key, msg, repeats: false);
        fired.Schedule = cell.System.Scheduler.ScheduleTellOnceCancelable(timeout, cell.Self, fired, sender);
    }

    public bool IsTimerActive(object key) => _active.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_active.Remove(key, out var timer))
            timer.Schedule.Cancel(false);
    }

    public void CancelAll()
    {
        foreach (var timer in _active.Values)
            timer.Schedule.Cancel(false);
        _active.Clear();
    }

    public bool TryTake(TimerFired fired, out object message)
    {
        message = fired.Message;
        if (!_active.TryGetValue(fired.Key, out var current) || !ReferenceEquals(current, fired))
            return false;
        if (!fired.Repeats)
            _active.Remove(fired.Key);
        return true;
    }

    private TimerFired Replace(object key, object message, bool repeats)
    {
        Cancel(key);
        return _active[key] = new TimerFired(key, message, repeats);
    }
}
