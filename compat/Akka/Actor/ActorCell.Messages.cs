using Akka.Event;

namespace Akka.Actor;

internal sealed partial class ActorCell
{
    /// <summary>Runs one message. Whatever it throws goes to the supervisor, never to the thread.</summary>
    public void Invoke(Envelope envelope)
    {
        _envelope = envelope;
        CurrentDelivery++;
        var message = envelope.Message;
        try
        {
            _idleTimer?.BeforeMessage(message);
            if (message is IAutoReceivedMessage)
                AutoReceive(message);
            else
                Behave(message);
            // Kept while an asynchronous handler waits, so that Sender is right when it goes on.
            if (_asyncHandlers is not { IsWaiting: true })
                AfterMessage();
        }
        catch (Exception cause)
        {
            Fail(cause);
            AfterMessage();
        }
    }

    public void Invoke(SystemMessage message)
    {
        try
        {
            switch (message)
            {
                case RunContinuation continuation:
                    _asyncHandlers.Continue(continuation.Task);
                    break;
                case HandlerCompleted completed:
                    OnHandlerCompleted(completed.Handler);
                    break;
                case Create:
                    OnCreate();
                    break;
                case Terminate:
                    OnTerminate();
                    break;
                case DeathWatchNotification notification:
                    OnDeath(notification);
                    break;
                case Watch watch:
                    _deathWatch.AddWatcher(watch.Watcher);
                    break;
                case Unwatch unwatch:
                    _deathWatch.RemoveWatcher(unwatch.Watcher);
                    break;
                case Failed failed:
                    OnChildFailed(failed);
                    break;
                case Suspend:
                    SuspendWithChildren();
                    break;
                case Resume:
                    ResumeWithChildren();
                    break;
                case Recreate recreate:
                    OnRecreate(recreate.Cause);
                    break;
            }
        }
        catch (Exception cause)
        {
            Fail(cause);
        }
    }

    /// <summary>What becomes of a system message that came too late.</summary>
    public void Discard(SystemMessage message)
    {
        if (message is Watch watch)
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: false));
    }

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case PoisonPill:
                Stop(_self);
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Terminated terminated:
                if (_deathWatch.TryTakeNews(terminated, out var news))
                    Behave(news);
                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            case TimerFired fired:
                if (_timers?.TryTake(fired, out var timerMessage) == true)
                {
                    _envelope = new Envelope(timerMessage, _envelope.Sender);
                    Behave(timerMessage);
                }

                break;
        }
    }

    private void Behave(object message)
    {
        if (!_behavior(message))
            _actor.OnUnhandled(message);
    }

    private void OnHandlerCompleted(Task handler)
    {
        if (!_asyncHandlers.TryComplete(handler))
            return;
        try
        {
            handler.GetAwaiter().GetResult();
        }
        catch (Exception cause)
        {
            Fail(cause);
        }

        AfterMessage();
    }

    private void AfterMessage()
    {
        _envelope = default;
        _idleTimer?.AfterMessage();
    }
}
