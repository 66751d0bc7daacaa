using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Keeps what it is told for the test to take.</summary>
internal sealed class TestActor(TestQueue queue) : UntypedActor
{
    private readonly Dictionary<IActorRef, SupervisorStrategy> _strategies = [];
    private Func<object, bool> _ignore;
    private AutoPilot _autoPilot = AutoPilot.NoAutoPilot;

    protected override SupervisorStrategy SupervisorStrategy() => new PerChild(_strategies);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SetIgnore setIgnore:
                _ignore = setIgnore.Ignore;
                break;
            case SetAutoPilot setAutoPilot:
                _autoPilot = setAutoPilot.Pilot;
                break;
            case Watch watch:
                Context.Watch(watch.Actor);
                Acknowledge();
                break;
            case Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                Acknowledge();
                break;
            case Spawn spawn:
                var child = Context.ActorOf(spawn.Props, spawn.Name);
                if (spawn.Strategy is not null)
                    _strategies[child] = spawn.Strategy;
                Sender.Tell(child);
                break;
            default:
                Keep(message);
                break;
        }
    }

    private void Acknowledge()
    {
        // The test's blocking calls do not wait for it.
        if (!Sender.Equals(Context.System.DeadLetters))
            Sender.Tell(Done.Instance);
    }

    private void Keep(object message)
    {
        var next = _autoPilot.Run(Sender, message);
        if (next is not KeepRunning)
            _autoPilot = next;
        if (_ignore?.Invoke(message) != true)
            queue.Add(new RealMessageEnvelope(message, Sender));
    }

    public sealed record SetIgnore(Func<object, bool> Ignore);

    public sealed record SetAutoPilot(AutoPilot Pilot);

    public sealed record Watch(IActorRef Actor);

    public sealed record Unwatch(IActorRef Actor);

    public sealed record Spawn(Props Props, string Name, SupervisorStrategy Strategy);

    /// <summary>Children started with a strategy of their own are treated by that one.</summary>
    private sealed class PerChild(Dictionary<IActorRef, SupervisorStrategy> strategies) : OneForOneStrategy
    {
        protected override Directive Handle(IActorRef child, Exception exception) =>
            (strategies.TryGetValue(child, out var strategy) ? strategy.Decider : Decider).Decide(exception);
    }
}
