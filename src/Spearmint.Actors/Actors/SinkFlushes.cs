using Akka.Actor;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Who waits for a sink to be done with what was in its queue when they asked.</summary>
internal sealed class SinkFlushes(string name, IActorRef writer)
{
    private readonly List<(long UpTo, IActorRef Asker)> _waiting = [];

    public bool Any => _waiting.Count > 0;

    public void Add(SinkQueue queue, IActorRef asker) => _waiting.Add((queue.Accepted, asker));

    // what was refused for want of room never was in the queue, and says nothing of what is
    public void Answer(SinkQueue queue)
    {
        if (!Any || queue.IsTelling)
            return;

        var done = queue.Accepted - queue.Queued;
        foreach (var (_, asker) in _waiting.Where(flush => flush.UpTo <= done))
            asker.Tell(new SinkFlushed(name), writer);

        _waiting.RemoveAll(flush => flush.UpTo <= done);
    }
}
