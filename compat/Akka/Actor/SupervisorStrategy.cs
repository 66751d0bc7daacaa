using Akka.Event;

namespace Akka.Actor;

/// <summary>What a parent does about a child that threw.</summary>
public enum Directive
{
    Resume,
    Restart,
    Escalate,
    Stop,
}

public interface IDecider
{
    Directive Decide(Exception cause);
}

public class LocalOnlyDecider(Func<Exception, Directive> decider) : IDecider
{
    public Directive Decide(Exception cause) => decider(cause);
}

/// <summary>Decides on a directive and carries it out.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Stops what cannot start, was killed or lost someone it depends on; restarts everything else.</summary>
    public static readonly IDecider DefaultDecider = new LocalOnlyDecider(cause => cause switch
    {
        ActorInitializationException or ActorKilledException or DeathPactException => Directive.Stop,
        _ => Directive.Restart,
    });

    /// <summary>The default decider without any limit.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    public static readonly OneForOneStrategy StoppingStrategy = new(_ => Directive.Stop);

    private readonly int _maxRetries;
    private readonly int _windowMilliseconds;

    private protected SupervisorStrategy(int? maxRetries, int windowMilliseconds, IDecider decider, bool loggingEnabled)
    {
        Decider = decider;
        LoggingEnabled = loggingEnabled;
        _maxRetries = maxRetries ?? -1;
        _windowMilliseconds = windowMilliseconds;
    }

    public IDecider Decider { get; }

    public int MaxNumberOfRetries => _maxRetries;

    public int WithinTimeRangeMilliseconds => _windowMilliseconds;

    protected bool LoggingEnabled { get; set; }

    /// <returns>False: the failure is the parent's now.</returns>
    internal bool HandleFailure(ActorCell parent, ChildRestartStats failed, Exception cause, ChildRestartStats[] children)
    {
        var child = failed.Child;
        var directive = Handle(child, cause);
        LogFailure(parent, child, cause, directive);
        switch (directive)
        {
            case Directive.Escalate:
                return false;
            case Directive.Resume:
                ((IInternalActorRef)child).SendSystemMessage(new Resume());
                return true;
            default:
                var affected = Affected(failed, children);
                var restart = directive == Directive.Restart && affected.All(each => each.RequestRestart(_maxRetries, _windowMilliseconds));
                foreach (var each in affected)
                {
                    if (restart)
                        Restart(each.Child, cause, suspendFirst: each != failed);
                    else
                        parent.Stop(each.Child);
                }

                return true;
        }
    }

    internal abstract IReadOnlyCollection<ChildRestartStats> Affected(ChildRestartStats failed, ChildRestartStats[] children);

    protected virtual Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled)
            return;
        var message = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        var source = child.Path.ToString();
        if (directive == Directive.Resume)
            context.System.EventStream.Publish(new Warning(cause, source, GetType(), message));
        else if (directive != Directive.Escalate)
            context.System.EventStream.Publish(new Error(cause, source, GetType(), message));
    }

    private static void Restart(IInternalActorRef child, Exception cause, bool suspendFirst)
    {
        if (suspendFirst)
            child.SendSystemMessage(new Suspend());
        child.SendSystemMessage(new Recreate(cause));
    }
}
