namespace Akka.Actor;

/// <summary>An actor that gets every message as it is.</summary>
public abstract class UntypedActor : ActorBase
{
    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected abstract void OnReceive(object message);

    protected void Become(UntypedReceive receive) => Context.Become(receive);

    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);

    /// <summary>Holds the mailbox until the action is done.</summary>
    protected void RunTask(Func<Task> action) => ActorCell.Current.RunAsync(action);
}
