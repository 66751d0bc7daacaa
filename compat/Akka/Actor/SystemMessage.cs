namespace Akka.Actor;

/// <summary>Lifecycle traffic between cells. An instance is a link in one mailbox's list, so it is sent once.</summary>
internal abstract class SystemMessage
{
    public SystemMessage Next;
}

internal sealed class Create : SystemMessage;

internal sealed class Terminate : SystemMessage;

internal sealed class Suspend : SystemMessage;

internal sealed class Resume : SystemMessage;

internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause { get; } = cause;
}

/// <summary>To the parent: this child has thrown and is waiting for a directive.</summary>
internal sealed class Failed(LocalActorRef child, Exception cause) : SystemMessage
{
    public LocalActorRef Child { get; } = child;

    public Exception Cause { get; } = cause;
}

internal sealed class Watch(IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watcher { get; } = watcher;
}

internal sealed class Unwatch(IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watcher { get; } = watcher;
}

internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed) : SystemMessage
{
    public IActorRef Actor { get; } = actor;

    public bool ExistenceConfirmed { get; } = existenceConfirmed;
}

/// <summary>A continuation of an asynchronous handler that wants to run inside the actor.</summary>
internal sealed class RunContinuation(Task task) : SystemMessage
{
    public Task Task { get; } = task;
}

internal sealed class HandlerCompleted(Task handler) : SystemMessage
{
    public Task Handler { get; } = handler;
}
