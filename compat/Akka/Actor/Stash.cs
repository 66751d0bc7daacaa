using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Puts messages aside for later.</summary>
public interface IStash
{
    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    /// <summary>Sets the current message aside.</summary>
    void Stash();

    /// <summary>Puts the oldest message back, before everything in the mailbox.</summary>
    void Unstash();

    void UnstashAll();

    void UnstashAll(Func<Envelope, bool> predicate);

    IEnumerable<Envelope> ClearStash();

    void Prepend(IEnumerable<Envelope> envelopes);
}

public interface IActorStash
{
    IStash Stash { get; set; }
}

public interface IWithUnrestrictedStash : IActorStash;

public interface IWithStash : IWithUnrestrictedStash, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>;

public interface IWithUnboundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>;

internal sealed class Stash(ActorCell cell) : IStash
{
    private readonly LinkedList<Envelope> _stashed = [];
    private long _lastDelivery;

    public int Count => _stashed.Count;

    public bool IsEmpty => _stashed.Count == 0;

    public bool NonEmpty => !IsEmpty;

    void IStash.Stash()
    {
        var envelope = cell.CurrentEnvelope;
        if (_lastDelivery == cell.CurrentDelivery)
            throw new IllegalActorStateException($"Can't stash the same message {envelope.Message} more than once");
        _lastDelivery = cell.CurrentDelivery;
        _stashed.AddLast(envelope);
    }

    public void Unstash()
    {
        if (_stashed.First is not { } first)
            return;
        _stashed.RemoveFirst();
        cell.Mailbox.Prepend(first.Value);
    }

    public void UnstashAll() => UnstashAll(_ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        // Each goes before those already put back, so the newest goes first.
        foreach (var envelope in ClearStash().Where(predicate).Reverse())
            cell.Mailbox.Prepend(envelope);
    }

    public IEnumerable<Envelope> ClearStash()
    {
        Envelope[] all = [.. _stashed];
        _stashed.Clear();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
            _stashed.AddFirst(envelope);
    }
}
