namespace Akka.Actor;

/// <summary>One line of a <see cref="ReceiveActor"/>'s behaviour.</summary>
internal abstract class MessageHandler
{
    public abstract bool TakesEverything { get; }

    public abstract bool TryHandle(object message);
}

internal sealed class MessageHandler<T> : MessageHandler
{
    private readonly Action<T> _handler;
    private readonly Predicate<T> _shouldHandle;

    public MessageHandler(Action<T> handler, Predicate<T> shouldHandle)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handler = handler;
        _shouldHandle = shouldHandle;
    }

    public override bool TakesEverything => typeof(T) == typeof(object) && _shouldHandle is null;

    public override bool TryHandle(object message)
    {
        if (message is not T typed || (_shouldHandle is not null && !_shouldHandle(typed)))
            return false;
        _handler(typed);
        return true;
    }
}

internal sealed class DecidingHandler<T> : MessageHandler
{
    private readonly Func<T, bool> _handler;

    public DecidingHandler(Func<T, bool> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handler = handler;
    }

    public override bool TakesEverything => false;

    public override bool TryHandle(object message) => message is T typed && _handler(typed);
}
