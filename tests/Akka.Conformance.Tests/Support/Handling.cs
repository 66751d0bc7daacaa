using Akka.Actor;

namespace Akka.Conformance.Support;

/// <summary>Does with every message what the test says.</summary>
public sealed class Handling(Action<object, IActorContext> handle) : UntypedActor
{
    protected override void OnReceive(object message) => handle(message, Context);
}
