using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Puts the branch events in order: numbers them, makes batches of them and hands each batch to the statistics and to a writer per sink.</summary>
internal sealed class BranchLog : ReceiveActor, IWithTimers
{
    private const int BatchSize = 4096;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StatusTime = TimeSpan.FromSeconds(2);

    private readonly LogInbox _inbox;
    private readonly TimeProvider _clock;
    private readonly Telemetry? _telemetry;
    private readonly IActorRef _statistics;
    private readonly Dictionary<string, IActorRef> _writers = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, RunSink> _ownWriters = [];
    private List<ExperimentEvent> _batch = [];
    private long _sequence;

    public static Props Props(LogInbox inbox, TimeProvider clock, IActorRef statistics, Telemetry? telemetry = null) =>
        Akka.Actor.Props.Create(() => new BranchLog(inbox, clock, statistics, telemetry));

    public BranchLog(LogInbox inbox, TimeProvider clock, IActorRef statistics, Telemetry? telemetry)
    {
        _telemetry = telemetry;
        _statistics = statistics;
        _inbox = inbox;
        _clock = clock;
        Receive<LookAtInbox>(OnLook);
        Receive<BatchTimePassed>(_ => Empty());
        Receive<RegisterSink>(OnRegister);
        Receive<FlushSinks>(OnFlush);
        Receive<SinkFlushed>(_ => OnOwnSinkFlushed());
        Receive<GetSinkStatus>(OnGetStatus);
        Receive<ReadStatistics>(OnRead);
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
            switch (item)
            {
                case OwnSinkEvent own:
                    Number(own.Event);
                    WriteToOwnSink(own.Sink, own.Event);
                    break;
                case OwnSinkExpectsLess less:
                    less.Sink.EndsLeft -= less.Ends;
                    LetGoWhenDone(less.Sink);
                    break;
                default:
                    Number((ExperimentEvent)item!);
                    break;
            }
        }

        SendBatch();
    }

    private void Number(ExperimentEvent happened)
    {
        happened.Sequence = ++_sequence;
        _batch.Add(happened);
        if (_batch.Count == BatchSize)
            SendBatch();
    }

    // what comes after the last end is late, and the writer may be gone by then
    private void WriteToOwnSink(RunSink sink, BranchEvent happened)
    {
        sink.Writer ??= StartOwnWriter(sink);
        sink.Writer.Tell(new WriteBatch([happened]), Self);
        if (happened is BranchFinished or BranchCompared)
            sink.EndsLeft--;
        LetGoWhenDone(sink);
    }

    private void LetGoWhenDone(RunSink sink)
    {
        if (sink.EndsLeft > 0 || sink.Writer is not { } writer)
            return;

        sink.FlushesLeft++;
        writer.Tell(FlushSink.Instance, Self);
    }

    private IActorRef StartOwnWriter(RunSink sink)
    {
        var writer = Context.ActorOf(SinkWriter.Props(OwnName(sink), sink.Sink, SinkOptions.Default, _clock));
        _ownWriters.Add(writer, sink);
        return writer;
    }

    private void OnRegister(RegisterSink request)
    {
        if (_writers.ContainsKey(request.Name))
        {
            Sender.Tell(new Status.Failure(new NameTakenException("sink", request.Name)), Self);
            return;
        }

        Empty();
        _writers.Add(request.Name, Context.ActorOf(
            SinkWriter.Props(request.Name, request.Sink, request.Options, _clock, _telemetry), ActorNames.Escape("sink-", request.Name)));
        Sender.Tell(new SinkRegistered(request.Name), Self);
    }

    private void OnFlush(FlushSinks request)
    {
        Empty();
        var writers = _ownWriters.Select(own => KeyValuePair.Create(OwnName(own.Value), own.Key));
        FlushAllAsync([.. _writers, .. writers], request.Timeout).PipeTo(Sender, Self);
    }

    // by mailbox and not by stopping it: somebody may have asked the writer for a flush too, and is to be answered first
    private void OnOwnSinkFlushed()
    {
        if (!_ownWriters.TryGetValue(Sender, out var sink) || --sink.FlushesLeft > 0)
            return;

        _ownWriters.Remove(Sender);
        sink.Writer = null;
        Sender.Tell(PoisonPill.Instance, Self);
    }

    private void OnGetStatus(GetSinkStatus request) => StatusOfAllAsync([.. _writers]).PipeTo(Sender, Self);

    // what was logged before the question stands before it in the mailbox too
    private void OnRead(ReadStatistics question)
    {
        Empty();
        _statistics.Forward(question);
    }

    private void SendBatch()
    {
        if (_batch.Count == 0)
            return;

        var batch = new WriteBatch(_batch.AsReadOnly());
        _batch = new List<ExperimentEvent>(_batch.Count);
        _statistics.Tell(batch, Self);
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

    private static async Task<SinkStatusList> StatusOfAllAsync(KeyValuePair<string, IActorRef>[] writers) =>
        new(await Task.WhenAll(writers.Select(writer => StatusOfAsync(writer.Key, writer.Value))));

    // a writer always answers at once; should it not, that is what there is to say
    private static async Task<SinkStatus> StatusOfAsync(string name, IActorRef writer)
    {
        try
        {
            return await writer.Ask<SinkStatus>(GetSinkStatus.Instance, StatusTime);
        }
        catch (AskTimeoutException)
        {
            return new SinkStatus(name, 0, new Dictionary<string, long>(), 0, 0, $"The actor that writes to the sink did not answer within {StatusTime.TotalSeconds} s.");
        }
    }

    private static string OwnName(RunSink sink) => $"run {sink.RunId}";

    private sealed record BatchTimePassed
    {
        public static BatchTimePassed Instance { get; } = new();
    }
}
