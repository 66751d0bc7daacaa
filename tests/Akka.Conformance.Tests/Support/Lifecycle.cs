using Akka.Actor;

namespace Akka.Conformance.Support;

/// <summary>Tells a witness what befalls it; throws what it is told to throw.</summary>
public sealed class Lifecycle : ReceiveActor
{
    private readonly IActorRef _witness;
    private int _count;

    public Lifecycle(IActorRef witness)
    {
        _witness = witness;
        witness.Tell("constructed");
        Receive<Exception>(exception => throw exception);
        Receive<string>(text => text == "count", _ => Sender.Tell(++_count));
        Receive<string>(text => text == "spawn", _ => Sender.Tell(Context.ActorOf(Props.Create(() => new Lifecycle(witness)), "child")));
        ReceiveAny(message => Sender.Tell(message));
    }

    protected override void PreStart() => _witness.Tell("PreStart");

    protected override void PostStop() => _witness.Tell("PostStop");

    protected override void PreRestart(Exception reason, object message)
    {
        _witness.Tell($"PreRestart {reason.Message}");
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        _witness.Tell($"PostRestart {reason.Message}");
        base.PostRestart(reason);
    }
}
