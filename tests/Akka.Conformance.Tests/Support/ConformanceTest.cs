using Akka.Actor;

namespace Akka.Conformance.Support;

/// <summary>A system per test. Waits are long because they end with a signal: only a failure takes the whole time.</summary>
public abstract class ConformanceTest : TestKit.Xunit2.TestKit
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>How long to look for something that must not come.</summary>
    protected static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(200);

    protected IActorRef Start(Action<object, IActorContext> handle, string? name = null) => Sys.ActorOf(Props.Create(() => new Handling(handle)), name);

    protected IActorRef StartEcho() => Start((message, context) => context.Sender.Tell(message));

    protected IActorRef StartSilent() => Start((_, _) => { });

    protected async Task StopAndWait(IActorRef actor)
    {
        Watch(actor);
        Sys.Stop(actor);
        await ExpectTerminatedAsync(actor, Patience);
    }
}
