namespace Spearmint.Execution;

/// <summary>Rings when the time has passed that it was last set to. It may ring too early or too often: who hears it looks whether it is due.</summary>
internal sealed class Alarm(TimeProvider clock, Action ring)
{
    private ITimer? _timer;
    private long _setAt;
    private TimeSpan _time;

    public void Set(TimeSpan time)
    {
        _setAt = clock.GetTimestamp();
        _time = time;
        Start(time);
    }

    /// <summary>Whether the time has passed. When it has not, the alarm rings again.</summary>
    public bool IsDue()
    {
        var left = _time - clock.GetElapsedTime(_setAt);
        if (left > TimeSpan.Zero)
            Start(left);
        return left <= TimeSpan.Zero;
    }

    public void Stop() => _timer?.Dispose();

    private void Start(TimeSpan time)
    {
        _timer ??= clock.CreateTimer(static ring => ((Action)ring!)(), ring, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(time, Timeout.InfiniteTimeSpan);
    }
}
