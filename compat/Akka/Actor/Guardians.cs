using Akka.Event;

namespace Akka.Actor;

/// <summary>The parent of the two guardians. When the user's has stopped, for whatever reason, so do the system's own actors and then all is over.</summary>
internal sealed class RootGuardian : ReceiveActor
{
    public RootGuardian() => Receive<Guard>(OnGuard);

    protected override SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.StoppingStrategy;

    private void OnGuard(Guard guard)
    {
        Context.WatchWith(guard.User, new UserStopped());
        Context.WatchWith(guard.System, new SystemStopped());
        Become(() =>
        {
            Receive<UserStopped>(_ => Context.Stop(guard.System));
            Receive<SystemStopped>(_ => Context.Stop(Self));
        });
    }

    public sealed record Guard(IActorRef User, IActorRef System);

    private sealed record UserStopped : INoSerializationVerificationNeeded;

    private sealed record SystemStopped : INoSerializationVerificationNeeded;
}

/// <summary>The parent of all actors that a system starts directly.</summary>
internal sealed class Guardian : UntypedActor
{
    protected override void OnReceive(object message) => Context.System.DeadLetters.Tell(message, Sender);
}

/// <summary>The root's parent, which learns that everything has stopped.</summary>
internal sealed class TheOneAboveTheRoot(ActorSystemImpl system, ActorPath path) : ActorRefBase
{
    public override ActorPath Path { get; } = path.Child("bubble-walker");

    private protected override ActorSystemImpl System => system;

    private protected override void TellInternal(object message, IActorRef sender)
    {
    }

    private protected override void SendSystemMessage(SystemMessage message)
    {
        if (message is DeathWatchNotification)
            system.OnActorsStopped();
        else if (message is Failed failed)
            system.EventStream.Publish(new Error(failed.Cause, Path.ToString(), typeof(ActorSystem), "The root guardian failed"));
    }
}
