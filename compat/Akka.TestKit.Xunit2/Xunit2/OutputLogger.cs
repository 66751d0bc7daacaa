using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>Writes log events to the output of the running test.</summary>
internal sealed class OutputLogger(ITestOutputHelper output, ActorSystem system) : ActorRefBase
{
    public override ActorPath Path { get; } = system.DeadLetters.Path.Root.Child("test-output");

    private protected override ActorSystemImpl System => (ActorSystemImpl)system;

    private protected override void TellInternal(object message, IActorRef sender)
    {
        try
        {
            output.WriteLine(message.ToString());
        }
        catch (InvalidOperationException)
        {
            // The test is over and has no output any more.
        }
    }
}
