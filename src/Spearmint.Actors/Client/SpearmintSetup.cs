using Akka.Actor.Setup;
using Spearmint.Domain;

namespace Spearmint.Client;

/// <summary>
/// What an ActorSystem is told at its creation about the Spearmint that will run in it: <c>ActorSystem.Create("name",
/// ActorSystemSetup.Create(new SpearmintSetup { ... }))</c>. A host that uses <c>WithSpearmint</c> says the same there.
/// </summary>
public sealed class SpearmintSetup : Setup
{
    /// <summary>What holds for all strategies together at first.</summary>
    public SpearmintSettings Settings { get; init; } = SpearmintSettings.Default;

    /// <summary>Where <see cref="BranchContext.Services"/> come from; null where functions need none.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>Tells the time, also how long functions take: one of a test's own, or the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal Func<SpearmintClient, Task>? SetUp { get; init; }
}
