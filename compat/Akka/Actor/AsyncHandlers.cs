namespace Akka.Actor;

/// <summary>
/// Runs asynchronous handlers: the part up to the first await at once, the rest as system messages of the actor, so that it runs inside the
/// actor like anything else. While a handler waits, the mailbox is suspended.
/// </summary>
internal sealed class AsyncHandlers(ActorCell cell) : TaskScheduler
{
    private Task _waiting;

    public bool IsWaiting => _waiting is not null;

    public override int MaximumConcurrencyLevel => 1;

    public void Run(Func<Task> handler)
    {
        var start = new Task<Task>(handler);
        start.RunSynchronously(this);
        var running = start.GetAwaiter().GetResult();
        if (running.IsCompleted)
        {
            running.GetAwaiter().GetResult();
            return;
        }

        _waiting = running;
        cell.Mailbox.Suspend();
        running.ContinueWith(done => cell.Mailbox.Post(new HandlerCompleted(done)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, Default);
    }

    public void Continue(Task continuation) => TryExecuteTask(continuation);

    /// <summary>False for a handler that an earlier incarnation of the actor left behind.</summary>
    public bool TryComplete(Task handler)
    {
        if (!ReferenceEquals(handler, _waiting))
            return false;
        _waiting = null;
        cell.Mailbox.Resume();
        return true;
    }

    /// <summary>Forgets the handler that waits, if there is one.</summary>
    public bool Abandon() => Interlocked.Exchange(ref _waiting, null) is not null;

    protected override void QueueTask(Task task) => cell.Mailbox.Post(new RunContinuation(task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(ActorCell.Current, cell) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
