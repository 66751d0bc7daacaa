using Akka.Actor;

namespace Spearmint.Bench;

internal sealed class Echo : ReceiveActor
{
    public Echo() => ReceiveAny(message => Sender.Tell(message, Self));
}
