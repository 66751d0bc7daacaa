using Akka.Actor;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>The workers of one supervisor: leased from the idle ones, spawned when there is none. Touched by that supervisor alone.</summary>
internal sealed class WorkerPool(IActorContext context, Props props)
{
    // what a burst leaves behind beyond this is stopped
    private const int MaxIdle = 256;

    private readonly HashSet<Lease> _all = [];
    private readonly List<Lease> _idle = [];

    public void Start(RunBranch work, IActorRef sender)
    {
        var lease = Take();
        lease.Work = work;
        work.Lease = lease;
        lease.Worker.Tell(work, sender);
    }

    /// <summary>A function has ended, or will not be called. Its worker is idle, unless it is dead.</summary>
    public void Return(RunBranch work)
    {
        if (work.Lease is not { } lease || lease.Work != work)
            return;

        lease.Work = null;
        if (_idle.Count < MaxIdle)
            _idle.Add(lease);
        else
            Dismiss(lease);
    }

    /// <summary>A worker has died. Gives what it was running.</summary>
    public RunBranch? Remove(Lease lease)
    {
        _all.Remove(lease);
        _idle.Remove(lease);
        var work = lease.Work;
        lease.Work = null;
        return work;
    }

    /// <summary>What the workers run, abandoned functions among it.</summary>
    public IReadOnlyList<RunBranch> Running() => [.. _all.Select(lease => lease.Work).OfType<RunBranch>()];

    private void Dismiss(Lease lease)
    {
        _all.Remove(lease);
        context.Unwatch(lease.Worker);
        context.Stop(lease.Worker);
    }

    private Lease Take()
    {
        if (_idle.Count == 0)
            return Spawn();

        var last = _idle[^1];
        _idle.RemoveAt(_idle.Count - 1);
        return last;
    }

    private Lease Spawn()
    {
        var lease = new Lease { Worker = context.ActorOf(props) };
        context.WatchWith(lease.Worker, new StrategySupervisor.WorkerDied(lease));
        _all.Add(lease);
        return lease;
    }
}
