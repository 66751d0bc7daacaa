using Akka.Actor;
using Akka.Event;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Owns one sink: gives it one batch at a time, tries again, drops and counts. Whatever the sink does stays here.</summary>
internal sealed class SinkWriter : ReceiveActor, IWithTimers
{
    private const int MaxQueued = 65_536;
    private const int MaxBatch = 4096;
    private const int MaxAttempts = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(30);

    private readonly string _name;
    private readonly IBranchSink _sink;
    private readonly TimeProvider _clock;
    private readonly Pace _pace;
    private readonly OwnThreads _ownThreads;
    private readonly ICancelable _stopping = new Cancelable(Context.System.Scheduler);
    private readonly Queue<BranchEvent> _waiting = new();
    private readonly List<(long UpTo, IActorRef Asker)> _flushes = [];
    private readonly ILoggingAdapter _logger = Context.GetLogger();
    private Task _call = Task.CompletedTask;
    private BranchEvent[] _writing = [];
    private long _accepted;
    private int _attempts;
    private bool _closing;
    private bool _hung;
    private long _lostSince;
    private long _written;
    private long _dropped;
    private long _retries;
    private string? _lastError;

    public static Props Props(string name, IBranchSink sink, TimeProvider clock) => Akka.Actor.Props.Create(() => new SinkWriter(name, sink, clock));

    public SinkWriter(string name, IBranchSink sink, TimeProvider clock)
    {
        _name = name;
        _sink = sink;
        _clock = clock;
        _pace = new Pace(clock);
        _ownThreads = new OwnThreads(_pace, clock);
        Receive<WriteBatch>(OnBatch);
        Receive<Written>(_ => OnWritten());
        Receive<WriteFailed>(OnFailed);
        Receive<RetryDue>(_ => Write());
        Receive<HangEnded>(_ => _hung = false);
        Receive<FlushSink>(_ => OnFlush());
        Receive<GetSinkStatus>(_ => Sender.Tell(new SinkStatus(_name, _written, _dropped, Queued, _retries, _lastError), Self));
        Receive<CloseSink>(_ => OnClose());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private int Queued => _waiting.Count + _writing.Length;

    protected override void PostStop() => _stopping.Cancel();

    private void OnBatch(WriteBatch batch)
    {
        if (_hung || Queued + batch.Events.Count > MaxQueued)
        {
            Drop(batch.Events, _hung ? "it hangs" : "its queue is full");
            return;
        }

        foreach (var happened in batch.Events)
            _waiting.Enqueue(happened);
        _accepted += batch.Events.Count;
        if (_writing.Length == 0)
            WriteNext();
    }

    private void OnWritten()
    {
        _written += _writing.Length;
        if (_lostSince > 0)
            _logger.Warning("Sink {0} writes again; it has lost {1} events so far, the latest from number {2} on", _name, _dropped, _lostSince);
        _lostSince = 0;
        Done();
    }

    private void OnFailed(WriteFailed failure)
    {
        _lastError = $"{failure.Cause.GetType().Name}: {failure.Cause.Message}";
        if (!_call.IsCompleted)
            OnHang();
        else if (_attempts < MaxAttempts)
            TryAgain();
        else
        {
            Drop(_writing, _lastError);
            Done();
        }
    }

    private void TryAgain()
    {
        _retries++;
        Timers.StartSingleTimer(nameof(RetryDue), RetryDue.Instance, FirstPause * Math.Pow(4, _attempts - 1));
    }

    // the sink is not called again before it has come back: a second call would only hang a second thread
    private void OnHang()
    {
        _hung = true;
        _call.PipeTo(Self, Self, success: () => HangEnded.Instance, failure: _ => HangEnded.Instance);
        Drop([.. _writing, .. _waiting], $"it did not come back within {HangLimit.TotalSeconds} s");
        _waiting.Clear();
        Done();
    }

    private void OnFlush()
    {
        _flushes.Add((_accepted, Sender));
        AnswerFlushes();
    }

    private void OnClose()
    {
        _closing = true;
        StopWhenDone();
    }

    // all that waits, up to a limit: the slower a sink is, the larger its batches
    private void WriteNext()
    {
        _writing = new BranchEvent[Math.Min(_waiting.Count, MaxBatch)];
        for (var index = 0; index < _writing.Length; index++)
            _writing[index] = _waiting.Dequeue();
        _attempts = 0;
        Write();
    }

    private void Write()
    {
        _attempts++;
        _call = CallSink(Array.AsReadOnly(_writing), _stopping.Token);
        _call.WaitAsync(HangLimit, _clock, _stopping.Token)
            .PipeTo(Self, Self, success: () => Written.Instance, failure: cause => new WriteFailed(cause));
    }

    // like a function under test, a sink may block
    private Task CallSink(IReadOnlyList<BranchEvent> batch, CancellationToken token)
    {
        if (!_pace.TryEnter())
            return _ownThreads.Run(_ => WriteAsync(batch, token), state: null);

        var enteredAt = _clock.GetTimestamp();
        var call = WriteAsync(batch, token);
        _pace.Leave(enteredAt);
        return call;
    }

    // async, so that what a sink throws before its first await is in the task too
    private async Task<bool> WriteAsync(IReadOnlyList<BranchEvent> batch, CancellationToken token)
    {
        await _sink.WriteAsync(batch, token);
        return true;
    }

    private void Done()
    {
        _writing = [];
        AnswerFlushes();
        if (_waiting.Count > 0)
            WriteNext();
        else
            StopWhenDone();
    }

    private void Drop(IReadOnlyList<BranchEvent> events, string reason)
    {
        _dropped += events.Count;
        if (_lostSince > 0)
            return;

        _lostSince = events[0].Sequence;
        _logger.Warning("Sink {0} loses events from number {1} on: {2}", _name, _lostSince, reason);
    }

    // what was refused for want of room never was in the queue, and says nothing of what is
    private void AnswerFlushes()
    {
        var left = _accepted - Queued;
        foreach (var (_, asker) in _flushes.Where(flush => flush.UpTo <= left))
            asker.Tell(new SinkFlushed(_name), Self);

        _flushes.RemoveAll(flush => flush.UpTo <= left);
    }

    private void StopWhenDone()
    {
        if (_closing && Queued == 0)
            Context.Stop(Self);
    }

    private sealed record Written
    {
        public static Written Instance { get; } = new();
    }

    private sealed record WriteFailed(Exception Cause);

    private sealed record HangEnded
    {
        public static HangEnded Instance { get; } = new();
    }

    private sealed record RetryDue
    {
        public static RetryDue Instance { get; } = new();
    }
}
