using Akka.Event;

namespace Akka.Actor;

/// <summary>What every actor has: its context, lifecycle hooks and one behaviour at a time.</summary>
public abstract class ActorBase
{
    private SupervisorStrategy _strategy;

    protected ActorBase()
    {
        if (ActorCell.Current is null)
            throw new ActorInitializationException($"You cannot create an instance of [{GetType()}] with its constructor. Use ActorOf.");
        if (this is IWithTimers withTimers)
            withTimers.Timers = ActorCell.Current.NewTimers();
    }

    protected static Receive EmptyReceive { get; } = _ => false;

    /// <summary>Valid while this actor handles a message, and only on the thread that does.</summary>
    protected static IActorContext Context => ActorCell.Current
        ?? throw new NotSupportedException("There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    protected IActorRef Self => Context.Self;

    protected IActorRef Sender => Context.Sender;

    internal SupervisorStrategy Strategy => _strategy ??= SupervisorStrategy();

    internal virtual Receive InitialBehavior() => Receive;

    internal void OnStart() => PreStart();

    internal void OnStop() => PostStop();

    internal void OnRestarting(Exception cause, object message) => PreRestart(cause, message);

    internal void OnRestarted(Exception cause) => PostRestart(cause);

    internal void OnUnhandled(object message) => Unhandled(message);

    protected abstract bool Receive(object message);

    protected virtual void PreStart()
    {
    }

    protected virtual void PostStop()
    {
    }

    /// <summary>On the failed instance: unless overridden, stops all children.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }

        PostStop();
    }

    /// <summary>On the instance that takes over.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>How this actor treats its children's failures; asked once.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    protected void Become(Receive receive) => Context.Become(receive);

    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    /// <param name="timeout">Null switches it off.</param>
    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);
}
