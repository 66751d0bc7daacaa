using Akka.Actor;
using Akka.Event;
using Xunit;

namespace Akka.TestKit;

/// <summary>Counts, while it exists, the events that fit a description. Events are counted by the thread that publishes them.</summary>
internal sealed class EventCounter : ActorRefBase, IDisposable
{
    private readonly ActorSystem _system;
    private readonly Predicate<object>[] _filters;
    private readonly int _expected;
    private int _count;

    public EventCounter(ActorSystem system, Predicate<object>[] filters, int expected)
    {
        _system = system;
        _filters = filters;
        _expected = expected;
        Path = system.DeadLetters.Path.Root.Child("event-counter-" + Guid.NewGuid());
        system.EventStream.Subscribe<LogEvent>(this);
        system.EventStream.Subscribe<DeadLetter>(this);
    }

    public override ActorPath Path { get; }

    private protected override ActorSystemImpl System => (ActorSystemImpl)_system;

    /// <summary>Open once there is no need to wait on: the expected number has come, or one although none was expected.</summary>
    public SemaphoreSlim Reached { get; } = new(0);

    public void Check()
    {
        var count = Volatile.Read(ref _count);
        if (count < _expected)
            Assert.Fail($"Timeout while waiting for {_expected} events that match the filter. Got {count}.");
        if (count > _expected)
            Assert.Fail($"Expected {_expected} events that match the filter. Got {count}, {count - _expected} too many.");
    }

    public void Dispose() => _system.EventStream.Unsubscribe(this);

    private protected override void TellInternal(object message, IActorRef sender)
    {
        if (_filters.Any(filter => filter(message)) && Interlocked.Increment(ref _count) == Math.Max(1, _expected))
            Reached.Release();
    }
}
