namespace Akka.Actor;

/// <summary>The reference that leads nowhere: what it is told is lost without a trace.</summary>
public sealed class Nobody : ActorRefBase
{
    public static readonly Nobody Instance = new();

    private Nobody()
    {
    }

    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "all-systems"));

    private protected override ActorSystemImpl System => throw new NotSupportedException("Nobody does not provide");

    private protected override void TellInternal(object message, IActorRef sender)
    {
    }
}
