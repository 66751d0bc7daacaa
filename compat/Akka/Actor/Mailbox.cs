using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>
/// Runs one actor's messages one after another on the thread pool. Anybody may post; only the thread that moved the mailbox from idle to
/// scheduled touches anything else. There are no locks: two lists that take concurrent writers, and a flag.
/// </summary>
internal sealed class Mailbox(ActorCell cell) : IThreadPoolWorkItem
{
    /// <summary>Messages per turn on a thread, so that a busy actor cannot keep others from running.</summary>
    private const int Throughput = 30;

    private readonly ConcurrentQueue<Envelope> _queue = new();
    private Stack<Envelope> _prepended;
    private SystemMessage _newestSystemMessage;
    private int _scheduled;
    private volatile int _suspensions;
    private volatile bool _closed;

    public bool IsClosed => _closed;

    public bool HasMessages => _prepended is { Count: > 0 } || !_queue.IsEmpty;

    private bool HasWork => _newestSystemMessage is not null || (_suspensions == 0 && HasMessages);

    public void Post(Envelope envelope)
    {
        _queue.Enqueue(envelope);
        // The barrier pairs with the one in Execute: either we see the mailbox idle or closed, or its runner sees our message.
        Interlocked.MemoryBarrier();
        if (_closed)
            DiscardMessages();
        else if (_suspensions == 0)
            Schedule();
    }

    public void Post(SystemMessage message)
    {
        do
            message.Next = Volatile.Read(ref _newestSystemMessage);
        while (Interlocked.CompareExchange(ref _newestSystemMessage, message, message.Next) != message.Next);
        if (_closed)
            DiscardSystemMessages();
        else
            Schedule();
    }

    /// <summary>Puts a message before all that wait. For the running actor only.</summary>
    public void Prepend(Envelope envelope) => (_prepended ??= new Stack<Envelope>()).Push(envelope);

    /// <summary>Holds back messages, not system messages, until as many calls to <see cref="Resume"/> have been made.</summary>
    public void Suspend() => _suspensions++;

    public void Resume() => _suspensions = Math.Max(0, _suspensions - 1);

    /// <summary>From now on, everything posted goes to the dead letters.</summary>
    public void Close()
    {
        Suspend();
        _closed = true;
        Interlocked.MemoryBarrier();
        while (_prepended?.TryPop(out var envelope) == true)
            cell.System.DeadLetter(envelope, cell.Self);
        DiscardMessages();
        DiscardSystemMessages();
    }

    void IThreadPoolWorkItem.Execute()
    {
        ActorCell.Current = cell;
        RunSystemMessages();
        for (var left = Throughput; left > 0 && _suspensions == 0 && TryTake(out var envelope); left--)
        {
            cell.Invoke(envelope);
            RunSystemMessages();
        }

        ActorCell.Current = null;
        Interlocked.Exchange(ref _scheduled, 0);
        if (HasWork && !_closed)
            Schedule();
    }

    /// <summary>
    /// Always to the pool's shared queue, behind everybody else: what is in a thread's own queue waits for that thread, and while others
    /// keep the shared queue filled, nobody comes to help when the thread blocks.
    /// </summary>
    private void Schedule()
    {
        if (Volatile.Read(ref _scheduled) == 0 && Interlocked.CompareExchange(ref _scheduled, 1, 0) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryTake(out Envelope envelope) => _prepended?.TryPop(out envelope) == true || _queue.TryDequeue(out envelope);

    private void RunSystemMessages()
    {
        while (!_closed && Volatile.Read(ref _newestSystemMessage) is not null)
        {
            for (var message = TakeSystemMessages(); message is not null;)
            {
                // Running a message may close the mailbox or post it anew, so its link is read first.
                var next = message.Next;
                if (_closed)
                    cell.Discard(message);
                else
                    cell.Invoke(message);
                message = next;
            }
        }
    }

    /// <summary>The list is pushed newest first; it is run oldest first.</summary>
    private SystemMessage TakeSystemMessages()
    {
        var message = Interlocked.Exchange(ref _newestSystemMessage, null);
        SystemMessage oldest = null;
        while (message is not null)
            (message.Next, oldest, message) = (oldest, message, message.Next);
        return oldest;
    }

    private void DiscardMessages()
    {
        while (_queue.TryDequeue(out var envelope))
            cell.System.DeadLetter(envelope, cell.Self);
    }

    private void DiscardSystemMessages()
    {
        for (var message = TakeSystemMessages(); message is not null; message = message.Next)
            cell.Discard(message);
    }
}
