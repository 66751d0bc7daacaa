namespace Akka.Actor;

/// <summary>Tells the actor <see cref="ReceiveTimeout"/> once no message has come for a while.</summary>
internal sealed class IdleTimer(IActorRef self)
{
    private ITimer _timer;
    private TimeSpan? _timeout;

    public TimeSpan? Timeout
    {
        get => _timeout;
        set
        {
            Stop();
            _timeout = value;
        }
    }

    public void BeforeMessage(object message)
    {
        if (message is not INotInfluenceReceiveTimeout)
            Stop();
    }

    public void AfterMessage()
    {
        if (Timeout is not { } timeout)
            Stop();
        else
            _timer ??= TimeProvider.System.CreateTimer(static state => ((IActorRef)state).Tell(ReceiveTimeout.Instance, (IActorRef)state), self, timeout, System.Threading.Timeout.InfiniteTimeSpan);
    }

    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
