using Akka.Actor.Setup;

namespace Akka.Actor;

/// <summary>What a system was started with.</summary>
public class Settings
{
    internal Settings(ActorSystem system, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
    }

    public ActorSystem System { get; }

    public ActorSystemSetup Setup { get; }
}
