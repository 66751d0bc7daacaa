using Akka.Actor;
using Akka.Event;
using Xunit.Sdk;

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
        if (expected == 0)
            Reached.Release();
        system.EventStream.Subscribe<LogEvent>(this);
        system.EventStream.Subscribe<DeadLetter>(this);
    }

    public override ActorPath Path { get; }

    /// <summary>Open once the expected number has come.</summary>
    public SemaphoreSlim Reached { get; } = new(0);

    public void Check()
    {
        var count = Volatile.Read(ref _count);
        if (count < _expected)
            throw new XunitException($"Timeout while waiting for {_expected} events that match the filter. Got {count}.");
        if (count > _expected)
            throw new XunitException($"Expected {_expected} events that match the filter. Got {count}, {count - _expected} too many.");
    }

    public void Dispose() => _system.EventStream.Unsubscribe(this);

    private protected override void TellInternal(object message, IActorRef sender)
    {
        if (_filters.Any(filter => filter(message)) && Interlocked.Increment(ref _count) == _expected)
            Reached.Release();
    }
}
