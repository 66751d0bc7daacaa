using Akka.Actor;
using Akka.Event;

namespace Spearmint.Chaos;

/// <summary>Reads the log of the ActorSystem: an actor that throws is a bug, unless it was killed on purpose.</summary>
internal sealed class LogWatch : ReceiveActor
{
    public static Props Props(Findings findings) => Akka.Actor.Props.Create(() => new LogWatch(findings));

    public LogWatch(Findings findings) => Receive<LogEvent>(logged =>
    {
        if (logged.Cause is not (null or ActorKilledException))
            findings.Add("an actor threw", logged.ToString());
    });

    protected override void PreStart()
    {
        foreach (var level in (Type[])[typeof(Error), typeof(Warning)])
            Context.System.EventStream.Subscribe(Self, level);
    }
}
