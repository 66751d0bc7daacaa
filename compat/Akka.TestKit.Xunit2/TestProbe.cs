using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A test kit that does not make its test actor the sender of what the test tells.</summary>
public interface INoImplicitSender;

/// <summary>One more test actor, to play another part with. Can be used as a reference to it.</summary>
public class TestProbe : TestKitBase, INoImplicitSender, IInternalActorRef
{
    internal TestProbe(ActorSystem system, string name)
        : base(system, name)
    {
    }

    public IActorRef Ref => TestActor;

    /// <summary>Of the last message taken.</summary>
    public IActorRef Sender => LastSender;

    ActorPath IActorRef.Path => TestActor.Path;

    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    public void Forward(IActorRef actor) => Forward(actor, LastMessage);

    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    public void Reply(object message) => Sender.Tell(message, TestActor);

    void ICanTell.Tell(object message, IActorRef sender) => TestActor.Tell(message, sender);

    ActorSystemImpl IInternalActorRef.System => (ActorSystemImpl)Sys;

    void IInternalActorRef.SendSystemMessage(SystemMessage message) => ((IInternalActorRef)TestActor).SendSystemMessage(message);

    bool IEquatable<IActorRef>.Equals(IActorRef other) => TestActor.Equals(other);

    int IComparable<IActorRef>.CompareTo(IActorRef other) => TestActor.CompareTo(other);

    public int CompareTo(object obj) => TestActor.CompareTo(obj);

    public override bool Equals(object obj) => obj is IActorRef other && TestActor.Equals(other);

    public override int GetHashCode() => TestActor.GetHashCode();

    public override string ToString() => $"TestProbe({TestActor})";
}
