namespace Akka.Actor;

/// <summary>The reference to an actor with a cell of its own.</summary>
internal sealed class LocalActorRef : ActorRefBase
{
    public LocalActorRef(ActorSystemImpl system, Props props, IInternalActorRef parent, ActorPath path)
    {
        Path = path;
        Cell = new ActorCell(system, this, props, parent);
    }

    public override ActorPath Path { get; }

    public ActorCell Cell { get; }

    private protected override ActorSystemImpl System => Cell.System;

    public void Start() => SendSystemMessage(new Create());

    public void Stop() => SendSystemMessage(new Terminate());

    private protected override void TellInternal(object message, IActorRef sender) => Cell.Mailbox.Post(new Envelope(message, sender));

    private protected override void SendSystemMessage(SystemMessage message) => Cell.Mailbox.Post(message);
}
