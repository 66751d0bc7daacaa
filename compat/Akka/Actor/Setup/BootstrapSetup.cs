namespace Akka.Actor;

/// <summary>With Akka it carries the configuration text; there is none here, so it says nothing.</summary>
public sealed class BootstrapSetup : Setup.Setup
{
    private BootstrapSetup()
    {
    }

    public static BootstrapSetup Create() => new();
}
