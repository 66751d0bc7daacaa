using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Sends every message on to the test actor and, unless told not to, back to its sender.</summary>
public class EchoActor : ReceiveActor
{
    public EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true) => ReceiveAny(message =>
    {
        testkit.TestActor.Tell(message, Sender);
        if (echoBackToSenderAsWell && !Sender.Equals(testkit.TestActor))
            Sender.Tell(message, testkit.TestActor);
    });

    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) => Actor.Props.Create(() => new EchoActor(testkit, echoBackToSenderAsWell));
}

/// <summary>Takes every message and does nothing with it.</summary>
public class BlackHoleActor : ActorBase
{
    public static Props Props => Actor.Props.Create<BlackHoleActor>();

    protected override bool Receive(object message) => true;
}
