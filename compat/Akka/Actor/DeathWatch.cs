namespace Akka.Actor;

/// <summary>Who this actor watches, who watches it, and which deaths wait in its mailbox to be told.</summary>
internal sealed class DeathWatch(LocalActorRef self)
{
    private Dictionary<IActorRef, object> _watching;
    private Dictionary<IActorRef, object> _news;
    private HashSet<IInternalActorRef> _watchers;

    /// <param name="message">What to be told instead of <see cref="Terminated"/>; null for that. The first watch counts.</param>
    public IActorRef Watch(IInternalActorRef subject, object message)
    {
        if (subject.Equals(self))
            return subject;
        _watching ??= [];
        if (_watching.TryAdd(subject, message))
            subject.SendSystemMessage(new Watch(self));
        return subject;
    }

    public IActorRef Unwatch(IInternalActorRef subject)
    {
        if (_watching?.Remove(subject) == true)
            subject.SendSystemMessage(new Unwatch(self));
        _news?.Remove(subject);
        return subject;
    }

    public void AddWatcher(IInternalActorRef watcher) => (_watchers ??= []).Add(watcher);

    public void RemoveWatcher(IInternalActorRef watcher) => _watchers?.Remove(watcher);

    public bool OnDeath(IActorRef actor, out Terminated terminated, bool existenceConfirmed)
    {
        terminated = null;
        if (_watching?.Remove(actor, out var message) != true)
            return false;
        (_news ??= [])[actor] = message;
        terminated = new Terminated(actor, existenceConfirmed, addressTerminated: false);
        return true;
    }

    /// <summary>What to tell the actor; nothing, when it has unwatched in the meantime.</summary>
    public bool TryTakeNews(Terminated terminated, out object news)
    {
        news = null;
        if (_news?.Remove(terminated.ActorRef, out news) != true)
            return false;
        news ??= terminated;
        return true;
    }

    public void Die(IInternalActorRef parent)
    {
        foreach (var watcher in _watchers ?? [])
        {
            // The parent hears of every child's death anyway.
            if (!watcher.Equals(parent))
                watcher.SendSystemMessage(new DeathWatchNotification(self, existenceConfirmed: true));
        }

        foreach (var subject in _watching?.Keys ?? Enumerable.Empty<IActorRef>())
            ((IInternalActorRef)subject).SendSystemMessage(new Unwatch(self));
        _watchers = null;
        _watching = null;
        _news = null;
    }
}
