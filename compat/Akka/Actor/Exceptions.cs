namespace Akka.Actor;

public abstract class AkkaException : Exception
{
    protected AkkaException()
    {
    }

    protected AkkaException(string message, Exception cause = null)
        : base(message, cause)
    {
    }

    protected Exception Cause => InnerException;
}

/// <summary>The name is taken, or not one that an actor may have.</summary>
public class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message)
        : base(message)
    {
    }

    public InvalidActorNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

public class InvalidMessageException : AkkaException
{
    public InvalidMessageException()
        : this("Message is null")
    {
    }

    public InvalidMessageException(string message)
        : base(message)
    {
    }
}

public class AskTimeoutException(string message) : AkkaException(message);

public class ActorNotFoundException : AkkaException
{
    public ActorNotFoundException()
    {
    }

    public ActorNotFoundException(string message, Exception innerException = null)
        : base(message, innerException)
    {
    }
}

public class ActorKilledException : AkkaException
{
    public ActorKilledException()
    {
    }

    public ActorKilledException(string message)
        : base(message)
    {
    }
}

public sealed class SchedulerException(string message) : AkkaException(message);

public class IllegalActorStateException(string message) : AkkaException(message);

/// <summary>A watched actor has stopped and the watcher did not handle the news.</summary>
public class DeathPactException(IActorRef deadActor) : AkkaException($"Monitored actor [{deadActor}] terminated")
{
    public IActorRef DeadActor { get; } = deadActor;
}

/// <summary>The actor's constructor or <c>PreStart</c> threw.</summary>
public class ActorInitializationException : AkkaException
{
    public ActorInitializationException()
    {
    }

    public ActorInitializationException(string message)
        : base(message)
    {
    }

    public ActorInitializationException(string message, Exception cause)
        : base(message, cause)
    {
    }

    public ActorInitializationException(IActorRef actor, string message, Exception cause = null)
        : base(message, cause) => Actor = actor;

    public IActorRef Actor { get; set; }
}

/// <summary><c>PreRestart</c> threw; the restart goes on.</summary>
public class PreRestartException(IActorRef actor, Exception restartException, Exception cause, object optionalMessage)
    : ActorInitializationException(actor, $"Exception in PreRestart({cause?.GetType().Name ?? "null"}, {optionalMessage?.GetType().Name ?? "null"})", cause)
{
    public Exception RestartException { get; } = restartException;

    public object OptionalMessage { get; } = optionalMessage;
}

/// <summary>The new incarnation's constructor or <c>PostRestart</c> threw.</summary>
public class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, $"Exception post restart ({originalCause?.GetType().Name ?? "null"})", cause)
{
    public Exception OriginalCause { get; } = originalCause;
}
