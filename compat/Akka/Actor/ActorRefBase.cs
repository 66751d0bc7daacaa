namespace Akka.Actor;

/// <summary>Equality, ordering and the null check that all references share.</summary>
public abstract class ActorRefBase : IInternalActorRef
{
    private protected ActorRefBase()
    {
    }

    public abstract ActorPath Path { get; }

    public void Tell(object message, IActorRef sender)
    {
        if (message is null)
            throw new ArgumentNullException(nameof(message), "The message cannot be null.");
        TellInternal(message, sender);
    }

    ActorSystemImpl IInternalActorRef.System => System;

    private protected abstract ActorSystemImpl System { get; }

    void IInternalActorRef.SendSystemMessage(SystemMessage message) => SendSystemMessage(message);

    public bool Equals(IActorRef other) => ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override bool Equals(object obj) => Equals(obj as IActorRef);

    public override int GetHashCode() => HashCode.Combine(Path.Uid, Path.Name);

    public int CompareTo(IActorRef other)
    {
        var byPath = Path.CompareTo(other?.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other?.Path.Uid ?? 0);
    }

    public int CompareTo(object obj) => CompareTo((IActorRef)obj);

    public override string ToString() => $"[{Path.ToStringWithUid()}]";

    private protected abstract void TellInternal(object message, IActorRef sender);

    private protected virtual void SendSystemMessage(SystemMessage message)
    {
    }
}
