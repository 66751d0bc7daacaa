using System.Collections.Concurrent;

namespace Akka.TestKit.Internal;

/// <summary>What waits between a test actor and its test, which may block for it or await it.</summary>
internal sealed class TestQueue
{
    private readonly ConcurrentQueue<MessageEnvelope> _messages = new();
    private readonly SemaphoreSlim _available = new(0);

    public int Count => _available.CurrentCount;

    public void Add(MessageEnvelope envelope)
    {
        _messages.Enqueue(envelope);
        _available.Release();
    }

    public MessageEnvelope Take(TimeSpan timeout, CancellationToken cancellationToken) => Dequeue(_available.Wait(timeout, cancellationToken));

    public async ValueTask<MessageEnvelope> TakeAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        Dequeue(await _available.WaitAsync(timeout, cancellationToken));

    private MessageEnvelope Dequeue(bool available) => available && _messages.TryDequeue(out var envelope) ? envelope : NullMessageEnvelope.Instance;
}
