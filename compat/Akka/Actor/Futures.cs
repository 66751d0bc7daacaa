namespace Akka.Actor;

/// <summary>Asking: a message out, one reply back as a task. Without a timeout it waits as long as it takes.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var sender = Asker<T>(self, timeout, cancellationToken);
        self.Tell(message, sender);
        return sender.Reply;
    }

    /// <param name="messageFactory">Gets the reference to which the reply is to go.</param>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var sender = Asker<T>(self, timeout, cancellationToken);
        self.Tell(messageFactory(sender), sender);
        return sender.Reply;
    }

    private static FutureActorRef<T> Asker<T>(ICanTell target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var system = target switch
        {
            IInternalActorRef actor => actor.System,
            ActorSelection selection => ((IInternalActorRef)selection.Anchor).System,
            _ => throw new ArgumentException("Unable to resolve the target's actor system.", nameof(target)),
        };
        var asker = new FutureActorRef<T>(system);
        asker.Expect(timeout, cancellationToken);
        return asker;
    }
}
