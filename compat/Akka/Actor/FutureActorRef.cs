namespace Akka.Actor;

/// <summary>The sender of an <c>Ask</c>: a reference that takes one reply and turns it into the task's outcome.</summary>
internal sealed class FutureActorRef<T>(ActorPath parent) : ActorRefBase
{
    // Not on the replying actor's thread: what awaits the reply is not that actor's work.
    private readonly TaskCompletionSource<T> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancellation;
    private ITimer _timer;
    private TimeSpan _timeout;
    private ActorPath _path;

    public Task<T> Reply => _reply.Task;

    // Most replies come without anybody looking at it.
    public override ActorPath Path => LazyInitializer.EnsureInitialized(ref _path, () => new ChildActorPath(parent, TemporaryNames.Next(), 0));

    public void Expect(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (timeout is { } limited && limited != Timeout.InfiniteTimeSpan)
        {
            _timeout = limited;
            _timer = TimeProvider.System.CreateTimer(static state => ((FutureActorRef<T>)state).OnTimeout(), this, limited, Timeout.InfiniteTimeSpan);
        }

        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((FutureActorRef<T>)state).OnCanceled(token), this);
    }

    private protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case T reply:
                _reply.TrySetResult(reply);
                break;
            case Status.Failure failure:
                _reply.TrySetException(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message."));
                break;
            default:
                _reply.TrySetException(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"));
                break;
        }

        Release();
    }

    private protected override void SendSystemMessage(SystemMessage message)
    {
        if (message is DeathWatchNotification notification)
            TellInternal(new Terminated(notification.Actor, notification.ExistenceConfirmed, addressTerminated: false), notification.Actor);
    }

    private void OnTimeout()
    {
        _reply.TrySetException(new AskTimeoutException($"Timeout after {_timeout} seconds"));
        Release();
    }

    private void OnCanceled(CancellationToken token)
    {
        _reply.TrySetCanceled(token);
        _timer?.Dispose();
    }

    private void Release()
    {
        _timer?.Dispose();
        _cancellation.Unregister();
    }
}

/// <summary>Names that tell one asker's path from another's.</summary>
internal static class TemporaryNames
{
    private static long _last;

    public static string Next() => "$" + Interlocked.Increment(ref _last);
}
