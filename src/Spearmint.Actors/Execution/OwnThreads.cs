namespace Spearmint.Execution;

/// <summary>
/// Threads for code that may block: there is always one more when all are busy, and one that was idle for ten seconds ends. What such
/// code awaits comes back to these threads, not to the thread pool.
/// </summary>
internal sealed class OwnThreads(Pace? pace, TimeProvider clock) : TaskScheduler
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(10);
    private static readonly Lock Gate = new();
    private static readonly Queue<(OwnThreads Owner, Task Task)> Waiting = new();
    private static readonly SemaphoreSlim Arrivals = new(0);
    private static int _idle;

    /// <summary>Starts a function on a thread of its own.</summary>
    public Task<T> Run<T>(Func<object?, Task<T>> function, object? state) =>
        Task.Factory.StartNew(function, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    protected override void QueueTask(Task task)
    {
        var start = false;
        lock (Gate)
        {
            Waiting.Enqueue((this, task));
            if (Waiting.Count > _idle)
            {
                // promised to the newcomer, which counts as idle until it takes something
                _idle++;
                start = true;
            }
        }

        // not in the context of whoever happens to need it first
        if (start)
            new Thread(Work) { IsBackground = true, Name = "spearmint-branch" }.UnsafeStart();
        Arrivals.Release();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (Gate)
            return [.. Waiting.Where(item => item.Owner == this).Select(item => item.Task)];
    }

    private static void Work()
    {
        while (true)
        {
            if (!Arrivals.Wait(IdleLimit) && EndIdle())
                return;

            (OwnThreads Owner, Task Task) item;
            lock (Gate)
            {
                if (!Waiting.TryDequeue(out item))
                    continue;
                _idle--;
            }

            item.Owner.Execute(item.Task);
            lock (Gate)
                _idle++;
        }
    }

    // a task that arrived while the wait ran out keeps its thread
    private static bool EndIdle()
    {
        lock (Gate)
        {
            if (Waiting.Count >= _idle)
                return false;
            _idle--;
            return true;
        }
    }

    private void Execute(Task task)
    {
        var start = clock.GetTimestamp();
        TryExecuteTask(task);
        pace?.Observe(clock.GetElapsedTime(start));
    }
}
