using Akka.Actor.Setup;

namespace Spearmint.Client;

/// <summary>What an ActorSystem is told at its creation about the Spearmint that will run in it.</summary>
internal sealed class SpearmintSetup(Func<SpearmintClient, Task> setUp) : Setup
{
    public Func<SpearmintClient, Task> SetUp { get; } = setUp;
}
