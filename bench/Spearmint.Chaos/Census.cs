using Akka.Actor;

namespace Spearmint.Chaos;

/// <summary>Counts the actors of a path.</summary>
internal sealed class Census : ReceiveActor
{
    private int _count;

    public static Props Props(string path) => Akka.Actor.Props.Create(() => new Census(path));

    public Census(string path)
    {
        Context.System.ActorSelection(path).Tell(new Identify(null), Self);
        Receive<ActorIdentity>(found => _count += found.Subject is null ? 0 : 1);
        Receive<HowMany>(_ => Sender.Tell(_count, Self));
    }

    public sealed record HowMany;
}
