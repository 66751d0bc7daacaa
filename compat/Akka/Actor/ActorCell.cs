using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// What stays when an actor is restarted: its mailbox, children, watches and place in the tree. This part is the context that the actor
/// sees; <c>ActorCell.Lifecycle.cs</c> has birth, restart and death, <c>ActorCell.Faults.cs</c> what happens when something throws.
/// Everything but <see cref="Mailbox"/> and <see cref="Children"/> belongs to the thread that runs the mailbox.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    [ThreadStatic]
    private static ActorCell _current;

    private readonly LocalActorRef _self;
    private readonly DeathWatch _deathWatch;
    private Envelope _envelope;
    private Receive _behavior;
    private Stack<Receive> _outerBehaviors;
    private AsyncHandlers _asyncHandlers;
    private IdleTimer _idleTimer;

    public ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, IInternalActorRef parent)
    {
        System = system;
        Props = props;
        Parent = parent;
        _self = self;
        _deathWatch = new DeathWatch(self);
        Children = new Children(this);
        Mailbox = new Mailbox(this);
    }

    /// <summary>The cell whose mailbox runs on this thread, if any.</summary>
    public static ActorCell Current
    {
        get => _current;
        set => _current = value;
    }

    public ActorSystemImpl System { get; }

    public Props Props { get; }

    public IInternalActorRef Parent { get; }

    public Mailbox Mailbox { get; }

    public Children Children { get; }

    public IActorRef Self => _self;

    public IActorRef Sender => _envelope.Sender ?? System.DeadLetters;

    public Envelope CurrentEnvelope => _envelope;

    /// <summary>Tells one delivery of a message from the next.</summary>
    public long CurrentDelivery { get; private set; }

    public TimeSpan? ReceiveTimeout => _idleTimer?.Timeout;

    ActorSystem IActorContext.System => System;

    IActorRef IActorContext.Parent => Parent;

    public IActorRef ActorOf(Props props, string name = null)
    {
        var child = Children.Add(props, name);
        child.Start();
        return child;
    }

    public ActorSelection ActorSelection(ActorPath actorPath) => System.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) =>
        actorPath.StartsWith('/') || actorPath.Contains("://", StringComparison.Ordinal) ? System.ActorSelection(actorPath) : new ActorSelection(_self, actorPath);

    public IActorRef Child(string name) => Children.Find(name) ?? (IActorRef)ActorRefs.Nobody;

    public IEnumerable<IActorRef> GetChildren() => Children.ToArray();

    public void Stop(IActorRef child)
    {
        Children.MarkStopping(child);
        ((IInternalActorRef)child).SendSystemMessage(new Terminate());
    }

    public IActorRef Watch(IActorRef subject) => _deathWatch.Watch((IInternalActorRef)subject, null);

    public IActorRef WatchWith(IActorRef subject, object message) => _deathWatch.Watch((IInternalActorRef)subject, message);

    public IActorRef Unwatch(IActorRef subject) => _deathWatch.Unwatch((IInternalActorRef)subject);

    public void SetReceiveTimeout(TimeSpan? timeout) => (_idleTimer ??= new IdleTimer(_self)).Timeout = timeout;

    public void Become(Receive receive)
    {
        // The first behaviour stays at the bottom, to be unbecome to.
        if (_outerBehaviors is { Count: > 0 })
            _behavior = receive;
        else
            BecomeStacked(receive);
    }

    public void BecomeStacked(Receive receive)
    {
        if (_behavior is not null)
            (_outerBehaviors ??= new Stack<Receive>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked()
    {
        if (_outerBehaviors?.TryPop(out var outer) == true)
            _behavior = outer;
    }

    public void Become(UntypedReceive receive) => Become(Always(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Always(receive));

    /// <summary>Runs an asynchronous handler inside the actor and holds the mailbox until it is done.</summary>
    public void RunAsync(Func<Task> handler) => (_asyncHandlers ??= new AsyncHandlers(this)).Run(handler);

    private static Receive Always(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private void Publish(LogEvent logEvent) => System.EventStream.Publish(logEvent);
}
