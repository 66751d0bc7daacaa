namespace Akka.Actor;

internal sealed partial class ActorCell
{
    private bool _isFailed;
    private Envelope _failedEnvelope;

    /// <summary>The child whose failure was escalated to us: it is suspended already.</summary>
    private LocalActorRef _perpetrator;

    private SupervisorStrategy Strategy => Props.SupervisorStrategy ?? _actor?.Strategy ?? SupervisorStrategy.DefaultStrategy;

    private void Fail(Exception cause, LocalActorRef perpetrator = null)
    {
        if (_terminating)
        {
            Publish(new Event.Error(cause, _self.Path.ToString(), _actor?.GetType() ?? typeof(ActorCell), cause.Message));
            return;
        }

        if (!_isFailed)
        {
            _isFailed = true;
            _perpetrator = perpetrator;
            _failedEnvelope = _envelope;
            Mailbox.Suspend();
            foreach (var child in Children.ToArray())
            {
                if (!ReferenceEquals(child, perpetrator))
                    SendTo(child, new Suspend());
            }
        }

        Report(cause);
    }

    private void Report(Exception cause) => Parent.SendSystemMessage(new Failed(_self, cause));

    private void OnChildFailed(Failed failed)
    {
        if (!Children.TryGet(failed.Child, out var record))
            return;
        // The record of where the failure happened is the failing child's; Sender means the child while the strategy decides.
        _envelope = new Envelope(failed, failed.Child);
        try
        {
            if (!Strategy.HandleFailure(this, record, failed.Cause, Children.Records()))
                Fail(failed.Cause, failed.Child);
        }
        finally
        {
            _envelope = default;
        }
    }

    private void SuspendWithChildren()
    {
        Mailbox.Suspend();
        foreach (var child in Children.ToArray())
            SendTo(child, new Suspend());
    }

    private void ResumeWithChildren()
    {
        _isFailed = false;
        _failedEnvelope = default;
        _perpetrator = null;
        Mailbox.Resume();
        foreach (var child in Children.ToArray())
            SendTo(child, new Resume());
    }
}
