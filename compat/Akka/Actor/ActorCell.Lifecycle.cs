using Akka.Event;

namespace Akka.Actor;

internal sealed partial class ActorCell
{
    private ActorBase _actor;
    private TimerScheduler _timers;
    private Stash _stash;

    /// <summary>What to do once the children that are stopping have stopped.</summary>
    private Action _afterChildren;
    private bool _terminating;

    public ITimerScheduler NewTimers() => _timers = new TimerScheduler(this);

    private void OnCreate()
    {
        try
        {
            Incarnate();
            _actor.OnStart();
        }
        catch (Exception cause)
        {
            throw new ActorInitializationException(_self, "Exception during creation", cause);
        }

        _idleTimer?.AfterMessage();
    }

    private void Incarnate()
    {
        _outerBehaviors = null;
        _behavior = null;
        _actor = null;
        var actor = Props.NewActor();
        _actor = actor;
        // Asked in any case: an actor that becomes something in its constructor has to be told as well that the constructor is over.
        var initial = actor.InitialBehavior();
        _behavior ??= initial;
        if (actor is IActorStash withStash)
            withStash.Stash = _stash = new Stash(this);
    }

    private void OnRecreate(Exception cause)
    {
        if (_terminating)
            return;
        if (_afterChildren is not null)
        {
            // Restarting already: once is enough, but this one's suspension has to end too.
            Mailbox.Resume();
            return;
        }

        var failed = _actor;
        // Once more, so that PreRestart and PostRestart can answer the sender of the message that was the actor's undoing.
        _envelope = _failedEnvelope;
        try
        {
            failed?.OnRestarting(cause, _envelope.Message);
        }
        catch (Exception second)
        {
            Publish(new Error(second, _self.Path.ToString(), failed.GetType(), new PreRestartException(_self, second, cause, _envelope.Message).Message));
        }

        Disincarnate();
        if (_asyncHandlers?.Abandon() == true)
            Mailbox.Resume();
        WhenChildrenStopped(() => FinishRecreate(failed, cause));
    }

    private void FinishRecreate(ActorBase failed, Exception cause)
    {
        // Other system messages may have come in between.
        _envelope = _failedEnvelope;
        _failedEnvelope = default;
        _perpetrator = null;
        var survivors = Children.ToArray();
        Release(failed);
        try
        {
            Incarnate();
            if (failed is null)
                _actor.OnStart();
            else
                _actor.OnRestarted(cause);
        }
        catch (Exception second)
        {
            // Still suspended from the failure before, so this one does not suspend again.
            Report(failed is null
                ? new ActorInitializationException(_self, "Exception during creation", second)
                : new PostRestartException(_self, second, cause));
            return;
        }

        _isFailed = false;
        AfterMessage();
        Mailbox.Resume();
        foreach (var survivor in survivors)
            SendTo(survivor, new Recreate(cause));
    }

    private void OnTerminate()
    {
        if (_terminating)
            return;
        _terminating = true;
        _idleTimer?.Stop();
        Mailbox.Suspend();
        Children.Close();
        foreach (var child in Children.ToArray())
            Stop(child);
        WhenChildrenStopped(FinishTerminate);
    }

    private void FinishTerminate()
    {
        try
        {
            _actor?.OnStop();
        }
        catch (Exception cause)
        {
            Publish(new Error(cause, _self.Path.ToString(), _actor.GetType(), cause.Message));
        }

        Disincarnate();
        _idleTimer?.Stop();
        System.EventStream.Unsubscribe(_self);
        Mailbox.Close();
        Parent.SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true));
        _deathWatch.Die(Parent);
        Release(_actor);
        _actor = null;
        _behavior = null;
    }

    private void Release(ActorBase actor)
    {
        if (actor is null)
            return;
        try
        {
            (actor as IDisposable)?.Dispose();
            Props.Release(actor);
        }
        catch (Exception cause)
        {
            Publish(new Error(cause, _self.Path.ToString(), actor.GetType(), cause.Message));
        }
    }

    private void Disincarnate()
    {
        _timers?.CancelAll();
        _stash?.UnstashAll();
    }

    private void WhenChildrenStopped(Action then)
    {
        _afterChildren = then;
        RunIfChildrenStopped();
    }

    private void RunIfChildrenStopped()
    {
        if (_afterChildren is null || Children.AnyStopping)
            return;
        var then = _afterChildren;
        _afterChildren = null;
        then();
    }

    private void OnDeath(DeathWatchNotification notification)
    {
        var wasChild = Children.Remove(notification.Actor);
        if (_deathWatch.OnDeath(notification.Actor, out var terminated, notification.ExistenceConfirmed))
            _self.Tell(terminated, notification.Actor);
        if (wasChild)
            RunIfChildrenStopped();
    }

    private static void SendTo(IInternalActorRef child, SystemMessage message) => child.SendSystemMessage(message);
}
