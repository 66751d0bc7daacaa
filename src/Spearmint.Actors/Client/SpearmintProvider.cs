using Akka.Actor;

namespace Spearmint.Client;

/// <summary>Starts Spearmint in an ActorSystem, once.</summary>
internal sealed class SpearmintProvider : ExtensionIdProvider<SpearmintClient>
{
    public static SpearmintProvider Instance { get; } = new();

    public override SpearmintClient CreateExtension(ExtendedActorSystem system)
    {
        var setup = system.Settings.Setup.Get<SpearmintSetup>();
        return new SpearmintClient(system, TimeProvider.System, setup.HasValue ? setup.Value : new SpearmintSetup());
    }
}
