using Akka.Actor;

namespace Akka.Conformance.Support;

/// <summary>Starts a child for every props it is told and treats failures as the test says.</summary>
public sealed class Supervisor : ReceiveActor
{
    private readonly SupervisorStrategy _strategy;

    public Supervisor(SupervisorStrategy strategy)
    {
        _strategy = strategy;
        Receive<Props>(props => Sender.Tell(Context.ActorOf(props)));
        ReceiveAny(message => Sender.Tell(message));
    }

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;
}
