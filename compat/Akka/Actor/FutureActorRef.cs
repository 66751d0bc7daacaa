namespace Akka.Actor;

/// <summary>The sender of an <c>Ask</c>: a reference that takes one reply and turns it into the task's outcome.</summary>
internal sealed class FutureActorRef<T>(ActorSystemImpl system) : ActorRefBase
{
    // Not on the replying actor's thread: what awaits the reply is not that actor's work.
    private readonly TaskCompletionSource<T> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancellation;
    private ITimer _timer;
    private TimeSpan _timeout;
    private ActorPath _path;

    public Task<T> Reply => _reply.Task;

    // Most replies come without anybody looking at it.
    public override ActorPath Path => LazyInitializer.EnsureInitialized(ref _path, () => new ChildActorPath(system.TemporaryPath, TemporaryNames.Next(), 0));

    private protected override ActorSystemImpl System => system;

    public void Expect(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (timeout is { } limited && limited > TimeSpan.Zero)
        {
            _timeout = limited;
            _timer = TimeProvider.System.CreateTimer(static state => ((FutureActorRef<T>)state).OnTimeout(), this, limited, Timeout.InfiniteTimeSpan);
        }

        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((FutureActorRef<T>)state).OnCanceled(token), this);
    }

    private protected override void TellInternal(object message, IActorRef sender)
    {
        if (!TryComplete(message))
            system.DeadLetters.Tell(message, this);
        Release();
    }

    private bool TryComplete(object message)
    {
        switch (message)
        {
            case T reply:
                return _reply.TrySetResult(reply);
            case Status.Failure failure:
                return _reply.TrySetException(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message."));
            default:
                // The asker learns of it, and so does whoever reads the dead letters.
                _reply.TrySetException(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"));
                return false;
        }
    }

    private protected override void SendSystemMessage(SystemMessage message)
    {
        if (message is DeathWatchNotification notification)
            TellInternal(new Terminated(notification.Actor, notification.ExistenceConfirmed, addressTerminated: false), notification.Actor);
    }

    private void OnTimeout()
    {
        _reply.TrySetException(new AskTimeoutException($"Timeout after {_timeout.TotalSeconds} seconds"));
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
