using Akka.Actor;
using Akka.Event;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Owns one sink: gives it one batch at a time, tries again, drops and counts. Whatever the sink does stays here.</summary>
internal sealed class SinkWriter : ReceiveActor
{
    private readonly string _name;
    private readonly Telemetry? _telemetry;
    private readonly TimeSpan _hangLimit;
    private readonly SinkCaller _caller;
    private readonly SinkQueue _queue;
    private readonly Attempts _attempts;
    private readonly Alarm _alarm;
    private readonly SinkFlushes _flushes;
    private readonly SinkWarnings _warnings;
    private IReadOnlyList<ExperimentEvent> _batch = [];
    private string? _lastError;

    /// <param name="name">What logs and status call the sink.</param>
    /// <param name="sink">The sink.</param>
    /// <param name="options">How it is fed.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="telemetry">Meters the sink; null for that of a single run.</param>
    public static Props Props(string name, IBranchSink sink, SinkOptions options, TimeProvider clock, Telemetry? telemetry = null) =>
        Akka.Actor.Props.Create(() => new SinkWriter(name, sink, options, clock, telemetry));

    public SinkWriter(string name, IBranchSink sink, SinkOptions options, TimeProvider clock, Telemetry? telemetry)
    {
        var self = Self;
        _name = name;
        _hangLimit = options.HangLimit;
        _caller = new SinkCaller(sink, options, clock);
        _telemetry = telemetry;
        _queue = new SinkQueue(options, clock, (reason, events) => telemetry?.EventsDropped(name, reason, events));
        telemetry?.AddSink(name, () => _queue.Queued);
        _attempts = new Attempts(options, Random.Shared);
        _alarm = new Alarm(clock, () => self.Tell(AlarmRang.Instance, self));
        _flushes = new SinkFlushes(name, self);
        _warnings = new SinkWarnings(name, Context.GetLogger());
        Working();
    }

    protected override void PostStop()
    {
        _telemetry?.RemoveSink(_name);
        _caller.GiveUp();
        _alarm.Stop();
        if (_queue.DropAll(DropReasons.ShutDown) is { } untold)
            _warnings.Ended(untold, _queue);
    }

    private void Working()
    {
        Receive<WriteBatch>(OnBatch);
        Receive<SinkCallEnd>(OnCallEnded);
        Receive<AlarmRang>(_ => WriteWhenDue());
        Receive<FlushSink>(_ => OnFlush());
        Receive<GetSinkStatus>(_ => OnGetStatus());
    }

    private void Pausing()
    {
        Receive<WriteBatch>(OnBatch);
        Receive<AlarmRang>(_ => OnPauseRang());
        Receive<FlushSink>(_ => OnFlushInPause());
        Receive<GetSinkStatus>(_ => OnGetStatus());
    }

    // the sink is not called again before it has come back: a second call would only hang a second thread
    private void Hung()
    {
        Receive<WriteBatch>(batch => Warn(_queue.Refuse(batch.Events, DropReasons.Hung)));
        Receive<CameBack>(_ => OnCameBack());
        Receive<AlarmRang>(_ => { });
        Receive<FlushSink>(_ => Sender.Tell(new SinkFlushed(_name), Self));
        Receive<GetSinkStatus>(_ => OnGetStatus());
    }

    private void OnBatch(WriteBatch batch)
    {
        if (_queue.Add(batch.Events) is { } dropped)
            Warn(dropped);
        WriteWhenDue();
    }

    private void OnCallEnded(SinkCallEnd end)
    {
        if (end.StillOut is { } call)
            OnHang(call);
        else if (end.Failure is { } failure)
            OnFailed(failure);
        else
            OnWritten();
    }

    private void OnWritten()
    {
        _queue.Complete();
        if (_queue.Queued == 0)
            _warnings.CaughtUp(_queue);
        Done();
    }

    private void OnFailed(SinkFailure failure)
    {
        _lastError = failure.Text;
        if (failure.MayPass && !_attempts.AreUsedUp)
        {
            Pause();
            return;
        }

        Warn(_queue.GiveUp(DropReasons.Failed));
        Done();
    }

    private void OnHang(Task call)
    {
        _lastError = $"The sink did not come back within {_hangLimit.TotalSeconds} s.";
        call.PipeTo(Self, Self, success: () => CameBack.Instance);
        Become(Hung);
        Warn(_queue.DropAll(DropReasons.Hung)!);
        _flushes.Answer(_queue);
    }

    private void OnCameBack()
    {
        Become(Working);
        WriteNext();
    }

    private void OnPauseRang()
    {
        if (_alarm.IsDue())
            TryAgain();
    }

    private void OnFlush()
    {
        _flushes.Add(_queue, Sender);
        if (!_queue.IsWriting && _queue.HasNews)
            WriteNext();
        _flushes.Answer(_queue);
    }

    private void OnFlushInPause()
    {
        _flushes.Add(_queue, Sender);
        if (_attempts.TryHurry())
            TryAgain();
    }

    private void OnGetStatus() =>
        Sender.Tell(new SinkStatus(_name, _queue.Written, _queue.DroppedBy(), _queue.Queued, _attempts.Retries, _lastError), Self);

    private void Done()
    {
        _flushes.Answer(_queue);
        WriteWhenDue();
    }

    // that events were dropped is told with the next one, or to somebody's flush: alone, at once, it would only be one more failure
    private void WriteWhenDue()
    {
        if (_queue.IsWriting || _queue.Waiting == 0)
            return;

        var left = _flushes.Any ? TimeSpan.Zero : _queue.UntilDue();
        if (left == TimeSpan.Zero)
            WriteNext();
        else
            _alarm.Set(left);
    }

    private void WriteNext()
    {
        _batch = _queue.Take();
        _attempts.Begin();
        Write();
    }

    private void Write() => _caller.WriteAsync(_batch).PipeTo(Self, Self);

    private void Pause()
    {
        if (_flushes.Any && _attempts.TryHurry())
        {
            TryAgain();
            return;
        }

        _alarm.Set(_attempts.Pause());
        Become(Pausing);
    }

    private void TryAgain()
    {
        _attempts.Repeat();
        Become(Working);
        Write();
    }

    private void Warn(EventsDropped dropped) => _warnings.Lost(dropped, _lastError);

    private sealed record CameBack
    {
        public static CameBack Instance { get; } = new();
    }

    private sealed record AlarmRang
    {
        public static AlarmRang Instance { get; } = new();
    }
}
