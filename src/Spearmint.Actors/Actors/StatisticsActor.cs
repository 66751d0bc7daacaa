using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Statistics;

namespace Spearmint.Actors;

/// <summary>Keeps the figures of all experiments: the log tells it every batch, in order, and passes it the questions.</summary>
internal sealed class StatisticsActor : ReceiveActor
{
    private readonly EventFigures _figures = new();
    private long _upTo;

    public static Props Props() => Akka.Actor.Props.Create(() => new StatisticsActor());

    public StatisticsActor()
    {
        Receive<WriteBatch>(OnBatch);
        Receive<ReadStatistics>(OnRead);
        Receive<ReplayEvents>(OnReplay);
    }

    private void OnBatch(WriteBatch batch)
    {
        Add(batch.Events);
        _upTo = batch.Events[^1].Sequence;
    }

    private void OnRead(ReadStatistics question)
    {
        var (name, rule) = (question.Request.Experiment, question.Request.Rule);
        if (name is null)
            Sender.Tell(new StatisticsSnapshot(_upTo, _figures.Read(rule)), Self);
        else if (_figures.Read(name, rule) is { } found)
            Sender.Tell(new StatisticsSnapshot(_upTo, [found]), Self);
        else if (question.Registered.Contains(name))
            Sender.Tell(new StatisticsSnapshot(_upTo, [ExperimentStatistics.Nothing(name)]), Self);
        else
            Sender.Tell(new Status.Failure(new UnknownNameException("experiment", name, _figures.Names.Union(question.Registered))), Self);
    }

    private void OnReplay(ReplayEvents replay)
    {
        Add(replay.Events);
        Sender.Tell(new EventsReplayed(replay.Events.Count), Self);
    }

    private void Add(IReadOnlyList<ExperimentEvent> events)
    {
        // by index: an enumerator would be one more object per batch
        for (var index = 0; index < events.Count; index++)
            _figures.Add(events[index]);
    }
}
