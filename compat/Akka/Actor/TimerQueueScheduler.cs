using System.Diagnostics;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The system's scheduler, on .NET's own timers.</summary>
internal sealed class TimerQueueScheduler(ILoggingAdapter log) : IScheduler, IAdvancedScheduler
{
    private static readonly long Started = Stopwatch.GetTimestamp();

    private volatile bool _stopped;

    public IAdvancedScheduler Advanced => this;

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(Started);

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <summary>What is still planned will not happen.</summary>
    public void Stop() => _stopped = true;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        ScheduleOnce(delay, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        ScheduleRepeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Start(delay, Timeout.InfiniteTimeSpan, action, cancelable);
    }

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(initialDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Start(initialDelay, interval, action, cancelable);
    }

    private void Report(Exception cause) => log.Error(cause, "Error while executing scheduled task");

    private void Start(TimeSpan delay, TimeSpan interval, Action action, ICancelable cancelable)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (_stopped)
            throw new SchedulerException("The scheduler has been stopped with its actor system");
        if (cancelable is { IsCancellationRequested: true })
            return;
        new ScheduledAction(this, action, cancelable).Start(delay, interval);
    }

    private sealed class ScheduledAction(TimerQueueScheduler scheduler, Action action, ICancelable cancelable)
    {
        private ITimer _timer;
        private CancellationTokenRegistration _cancellation;
        private bool _repeats;

        public void Start(TimeSpan delay, TimeSpan interval)
        {
            _repeats = interval != Timeout.InfiniteTimeSpan;
            // The timer is set off last: it may fire before CreateTimer returns otherwise, and then there is nothing to stop.
            _timer = TimeProvider.System.CreateTimer(static state => ((ScheduledAction)state).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (cancelable is not null)
                _cancellation = cancelable.Token.UnsafeRegister(static state => ((ScheduledAction)state)._timer.Dispose(), this);
            _timer.Change(delay, interval);
        }

        private void Run()
        {
            if (scheduler._stopped || !_repeats)
                Stop();
            if (scheduler._stopped || cancelable is { IsCancellationRequested: true })
                return;
            try
            {
                action();
            }
            catch (Exception cause)
            {
                // A repeated action that throws is not run again.
                Stop();
                scheduler.Report(cause);
            }
        }

        private void Stop()
        {
            _timer.Dispose();
            _cancellation.Unregister();
        }
    }
}
