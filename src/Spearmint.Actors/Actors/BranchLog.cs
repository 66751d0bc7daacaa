using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Puts the branch events in order: numbers them, makes batches of them and hands each batch to a writer per sink.</summary>
internal sealed class BranchLog : ReceiveActor, IWithTimers
{
    private const int BatchSize = 4096;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(20);

    private readonly LogInbox _inbox;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, IActorRef> _writers = new(StringComparer.Ordinal);
    private List<BranchEvent> _batch = [];
    private long _sequence;

    public static Props Props(LogInbox inbox, TimeProvider clock) => Akka.Actor.Props.Create(() => new BranchLog(inbox, clock));

    public BranchLog(LogInbox inbox, TimeProvider clock)
    {
        _inbox = inbox;
        _clock = clock;
        Receive<LookAtInbox>(OnLook);
        Receive<BatchTimePassed>(_ => Empty());
        Receive<RegisterSink>(OnRegister);
        Receive<FlushSinks>(OnFlush);
        Receive<GetSinkStatus>(OnGetStatus);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Resume);

    private void OnLook(LookAtInbox when)
    {
        if (ReferenceEquals(when, LookAtInbox.Now))
            Empty();
        else
            Timers.StartSingleTimer(nameof(BatchTimePassed), BatchTimePassed.Instance, BatchTime);
    }

    private void Empty()
    {
        _inbox.Rest();
        while (_inbox.TryTake(out var item))
        {
            if (item is OwnSinkEvent own)
            {
                Number(own.Event);
                WriteToOwnSink(own);
            }
            else
                Number((BranchEvent)item!);
        }

        SendBatch();
    }

    private void Number(BranchEvent happened)
    {
        happened.Sequence = ++_sequence;
        if (_writers.Count == 0)
            return;

        _batch.Add(happened);
        if (_batch.Count == BatchSize)
            SendBatch();
    }

    private void WriteToOwnSink(OwnSinkEvent message)
    {
        var sink = message.Sink;
        sink.Writer ??= Context.ActorOf(SinkWriter.Props($"run {sink.RunId}", sink.Sink, _clock));
        sink.Writer.Tell(new WriteBatch([message.Event]), Self);
        if (message.Event is BranchFinished && --sink.BranchesLeft == 0)
            sink.Writer.Tell(CloseSink.Instance, Self);
    }

    private void OnRegister(RegisterSink request)
    {
        if (_writers.ContainsKey(request.Name))
        {
            Sender.Tell(new Status.Failure(new NameTakenException("sink", request.Name)), Self);
            return;
        }

        Empty();
        _writers.Add(request.Name, Context.ActorOf(SinkWriter.Props(request.Name, request.Sink, _clock), ActorNames.Escape("sink-", request.Name)));
        Sender.Tell(new SinkRegistered(request.Name), Self);
    }

    private void OnFlush(FlushSinks request)
    {
        Empty();
        FlushAllAsync([.. _writers], request.Timeout).PipeTo(Sender, Self);
    }

    private void OnGetStatus(GetSinkStatus request) => StatusOfAllAsync([.. _writers.Values]).PipeTo(Sender, Self);

    private void SendBatch()
    {
        if (_batch.Count == 0)
            return;

        var batch = new WriteBatch(_batch.AsReadOnly());
        _batch = new List<BranchEvent>(_batch.Count);
        foreach (var writer in _writers.Values)
            writer.Tell(batch, Self);
    }

    private static async Task<SinksFlushed> FlushAllAsync(KeyValuePair<string, IActorRef>[] writers, TimeSpan timeout)
    {
        var flushed = await Task.WhenAll(writers.Select(writer => IsFlushedAsync(writer.Value, timeout)));
        return new SinksFlushed([.. writers.Where((_, index) => !flushed[index]).Select(writer => writer.Key)]);
    }

    private static async Task<bool> IsFlushedAsync(IActorRef writer, TimeSpan timeout)
    {
        try
        {
            await writer.Ask<SinkFlushed>(FlushSink.Instance, timeout);
            return true;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }

    private static async Task<SinkStatusList> StatusOfAllAsync(IActorRef[] writers) =>
        new(await Task.WhenAll(writers.Select(writer => writer.Ask<SinkStatus>(GetSinkStatus.Instance, TimeSpan.FromSeconds(5)))));

    private sealed record BatchTimePassed
    {
        public static BatchTimePassed Instance { get; } = new();
    }
}
