using Akka.Actor;

namespace Spearmint.Client;

/// <summary>Starts Spearmint in an ActorSystem, once.</summary>
internal sealed class SpearmintProvider : ExtensionIdProvider<SpearmintClient>
{
    public static SpearmintProvider Instance { get; } = new();

    public override SpearmintClient CreateExtension(ExtendedActorSystem system)
    {
        var found = system.Settings.Setup.Get<SpearmintSetup>();
        var setup = found.HasValue ? found.Value : new SpearmintSetup();
        return new SpearmintClient(system, setup.Clock, setup);
    }
}
