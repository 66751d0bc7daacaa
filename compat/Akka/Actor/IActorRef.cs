namespace Akka.Actor;

/// <summary>Something that takes messages.</summary>
public interface ICanTell
{
    void Tell(object message, IActorRef sender);
}

/// <summary>A handle to an actor, valid whether the actor lives or not.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}

/// <summary>What every reference of this library also takes: messages that go before all others and are not for the actor's own code.</summary>
internal interface IInternalActorRef : IActorRef
{
    ActorSystemImpl System { get; }

    void SendSystemMessage(SystemMessage message);
}
