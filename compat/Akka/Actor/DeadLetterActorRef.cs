using Akka.Event;

namespace Akka.Actor;

/// <summary>Nobody lives here: what is told goes to the event stream as a dead letter.</summary>
internal sealed class DeadLetterActorRef(ActorSystemImpl system, ActorPath path) : ActorRefBase
{
    public override ActorPath Path => path;

    private protected override ActorSystemImpl System => system;

    private protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is Identify identify)
            sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
        else if (message is DeadLetter)
            system.EventStream.Publish(message);
        else
            system.DeadLetter(new Envelope(message, sender), this);
    }
}
