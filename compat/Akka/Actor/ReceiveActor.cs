namespace Akka.Actor;

/// <summary>An actor that declares, type by type, what it does with a message. The first declaration that fits wins.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private readonly List<MessageHandler> _initial = [];

    /// <summary>The list that declarations go to; null outside the constructor and Become.</summary>
    private List<MessageHandler> _open;

    protected ReceiveActor() => _open = _initial;

    internal sealed override Receive InitialBehavior()
    {
        _open = null;
        return Behavior(_initial);
    }

    protected sealed override void OnReceive(object message)
    {
    }

    protected void Become(Action configure) => base.Become(Declare(configure));

    protected void BecomeStacked(Action configure) => base.BecomeStacked(Declare(configure));

    protected void Receive<T>(Action<T> handler, Predicate<T> shouldHandle = null) => Add(new MessageHandler<T>(handler, shouldHandle));

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object> shouldHandle = null) =>
        Add(new MessageHandler<object>(handler, OfType(messageType, shouldHandle)));

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Receive(messageType, handler, shouldHandle);

    /// <param name="handler">Says whether it has handled the message; if not, the declarations after this one are tried.</param>
    protected void Receive<T>(Func<T, bool> handler) => Add(new DecidingHandler<T>(handler));

    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Add(new DecidingHandler<object>(message => messageType.IsInstanceOfType(message) && handler(message)));

    protected void ReceiveAny(Action<object> handler) => Receive<object>(handler);

    /// <summary>No other message is handled before the task is done. The same goes for the other asynchronous declarations.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T> shouldHandle = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Receive(message => ActorCell.Current.RunAsync(() => handler(message)), shouldHandle);
    }

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object> shouldHandle = null) =>
        ReceiveAsync(handler, OfType(messageType, shouldHandle));

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) => ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAsync<object>(handler);

    private static Predicate<object> OfType(Type type, Predicate<object> shouldHandle) =>
        message => type.IsInstanceOfType(message) && (shouldHandle is null || shouldHandle(message));

    private static Receive Behavior(List<MessageHandler> handlers)
    {
        var ordered = handlers.ToArray();
        return message =>
        {
            foreach (var handler in ordered)
            {
                if (handler.TryHandle(message))
                    return true;
            }

            return false;
        };
    }

    private Receive Declare(Action configure)
    {
        var outer = _open;
        var declared = _open = [];
        try
        {
            configure();
        }
        finally
        {
            _open = outer;
        }

        return Behavior(declared);
    }

    private void Add(MessageHandler handler)
    {
        if (_open is null)
            throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");
        if (_open is [.., { TakesEverything: true }])
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        _open.Add(handler);
    }
}
