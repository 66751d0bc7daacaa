using Akka.Actor;

namespace Spearmint.Chaos;

/// <summary>Kills workers, idle and busy ones alike: it is told by each that it is there, and lets most of them live.</summary>
internal sealed class Reaper : ReceiveActor
{
    private const double Share = 0.02;

    public static Props Props(Random random, Action killed) => Akka.Actor.Props.Create(() => new Reaper(random, killed));

    public Reaper(Random random, Action killed)
    {
        Receive<Reap>(_ => Context.System.ActorSelection("/user/spearmint/strategy-*/*").Tell(new Identify(null), Self));
        Receive<ActorIdentity>(found =>
        {
            if (found.Subject is not { } worker || random.NextDouble() >= Share)
                return;

            worker.Tell(random.Next(2) == 0 ? Kill.Instance : PoisonPill.Instance);
            killed();
        });
    }

    public sealed record Reap;
}
