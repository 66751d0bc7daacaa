using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Something to publish log events to.</summary>
public abstract class LoggingBus
{
    private protected LoggingBus(LogLevel logLevel) => LogLevel = logLevel;

    public LogLevel LogLevel { get; }

    public abstract void Publish(object @event);
}

/// <summary>Hands every published object to those who subscribed to its type, to a base class of it or to an interface it has.</summary>
public class EventStream : LoggingBus
{
    private readonly Lock _gate = new();
    private volatile (IActorRef Subscriber, Type Channel)[] _subscriptions = [];
    private volatile ConcurrentDictionary<Type, IActorRef[]> _subscribersByType = new();

    internal EventStream(LogLevel logLevel)
        : base(logLevel)
    {
    }

    public override void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        foreach (var subscriber in _subscribersByType.GetOrAdd(@event.GetType(), FindSubscribers))
            subscriber.Tell(@event);
    }

    /// <returns>False: was subscribed already.</returns>
    public bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            if (_subscriptions.Any(each => each.Channel == channel && each.Subscriber.Equals(subscriber)))
                return false;
            Replace([.. _subscriptions, (subscriber, channel)]);
        }

        if (subscriber is LocalActorRef { Cell.Mailbox.IsClosed: true })
            Unsubscribe(subscriber);
        return true;
    }

    public bool Unsubscribe(IActorRef subscriber, Type channel) => Remove(each => each.Channel == channel && each.Subscriber.Equals(subscriber));

    public bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return Remove(each => each.Subscriber.Equals(subscriber));
    }

    private bool Remove(Predicate<(IActorRef Subscriber, Type Channel)> condition)
    {
        // Every actor that stops comes here, and most have never subscribed.
        if (!Array.Exists(_subscriptions, condition))
            return false;
        lock (_gate)
            Replace([.. _subscriptions.Where(each => !condition(each))]);
        return true;
    }

    private void Replace((IActorRef Subscriber, Type Channel)[] subscriptions)
    {
        _subscriptions = subscriptions;
        _subscribersByType = new ConcurrentDictionary<Type, IActorRef[]>();
    }

    private IActorRef[] FindSubscribers(Type type) =>
        [.. _subscriptions.Where(each => each.Channel.IsAssignableFrom(type)).Select(each => each.Subscriber).Distinct()];
}

public static class EventStreamExtensions
{
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TChannel));

    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
