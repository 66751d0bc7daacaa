using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that a test actor got.</summary>
public abstract class MessageEnvelope
{
    private protected MessageEnvelope()
    {
    }

    public abstract object Message { get; }

    public abstract IActorRef Sender { get; }
}

/// <summary>No message.</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    public static readonly NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    public override object Message => null;

    public override IActorRef Sender => null;

    public override string ToString() => "<null message>";
}

public class RealMessageEnvelope(object message, IActorRef sender) : MessageEnvelope
{
    public override object Message => message;

    public override IActorRef Sender => sender;

    public override string ToString() => $"{message} from {sender}";
}
