using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <returns>Null if nothing came in time.</returns>
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) => Completed(TakeCore(true, max, cancellationToken)).Message;

    public async ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TakeCore(false, max, cancellationToken)).Message;

    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        envelope = Completed(TakeCore(true, max, cancellationToken));
        return envelope is not NullMessageEnvelope;
    }

    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var envelope = await TakeCore(false, max, cancellationToken);
        return (envelope is not NullMessageEnvelope, envelope);
    }

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveN(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Completed(ReceiveNCore(true, numberOfMessages, max, cancellationToken));

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, RemainingOrDefault, cancellationToken);

    public async IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, TimeSpan max, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var end = Now + Dilated(max);
        for (var i = 0; i < numberOfMessages; i++)
            yield return await TakeOrFail(false, end, $"the {i + 1}. of {numberOfMessages} messages", cancellationToken);
    }

    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Takes messages until one fits; the others are lost.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Completed(FishCore(true, isMessage, max, hint, cancellationToken));

    public ValueTask<object> FishForMessageAsync(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishCore(false, isMessage, max, hint, cancellationToken);

    private async ValueTask<T> FishCore<T>(bool blocking, Predicate<T> isMessage, TimeSpan? max, string hint, CancellationToken cancellationToken)
    {
        var end = Now + RemainingOrDilated(max);
        while (true)
        {
            if (await TakeOrFail(blocking, end, $"a fish of type {typeof(T)}. {hint}", cancellationToken) is T message && isMessage(message))
                return message;
        }
    }

    private async ValueTask<IReadOnlyCollection<object>> ReceiveNCore(bool blocking, int count, TimeSpan max, CancellationToken cancellationToken)
    {
        var end = Now + Dilated(max);
        var messages = new List<object>();
        while (messages.Count < count)
            messages.Add(await TakeOrFail(blocking, end, $"{count} messages, got {messages.Count}", cancellationToken));
        return messages;
    }

    private async ValueTask<object> TakeOrFail(bool blocking, TimeSpan end, string what, CancellationToken cancellationToken)
    {
        var envelope = await TakeCore(blocking, NotNegative(end - Now), cancellationToken);
        if (envelope is NullMessageEnvelope)
            Fail($"Timeout while waiting for {what}");
        return envelope.Message;
    }

    private async ValueTask<MessageEnvelope> TakeCore(bool blocking, TimeSpan? max, CancellationToken cancellationToken)
    {
        var wait = RemainingOrDilated(max);
        var envelope = blocking ? _queue.Take(wait, cancellationToken) : await _queue.TakeAsync(wait, cancellationToken);
        return _last = envelope;
    }
}
