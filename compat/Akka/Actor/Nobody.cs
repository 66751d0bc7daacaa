namespace Akka.Actor;

/// <summary>The reference that leads nowhere: what it is told is lost without a trace.</summary>
public sealed class Nobody : ActorRefBase
{
    public static readonly Nobody Instance = new();

    private Nobody()
    {
    }

    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "all-systems")).Child("Nobody");

    private protected override void TellInternal(object message, IActorRef sender)
    {
    }
}
