using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>The workers of one supervisor: leased from the idle ones, spawned when there is none. Touched by that supervisor alone.</summary>
internal sealed class WorkerPool(IActorContext context, Props props)
{
    // what a burst leaves behind beyond this is stopped
    private const int MaxIdle = 256;

    private readonly HashSet<Lease> _all = [];
    private readonly List<Lease> _idle = [];

    public int Busy => _all.Count - _idle.Count;

    public void Start(Run run, int index, BranchIdentity identity, IActorRef sender)
    {
        var lease = Take();
        lease.Work = new RunBranch(run, index, identity, lease);
        lease.Worker.Tell(lease.Work, sender);
    }

    /// <summary>A branch has ended. Its worker is idle, unless it is dead or dismissed.</summary>
    public void Return(RunBranch ended)
    {
        var lease = ended.Lease;
        if (lease.Work != ended)
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

    /// <summary>Gives up all workers that run something and says what they ran.</summary>
    public IReadOnlyList<RunBranch> TakeBusy()
    {
        var busy = _all.Where(lease => lease.Work is not null).ToList();
        var work = busy.Select(lease => lease.Work!).ToList();
        foreach (var lease in busy)
        {
            lease.Work = null;
            Dismiss(lease);
        }

        return work;
    }

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
