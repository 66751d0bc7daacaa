using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Actors;

/// <summary>Owns one strategy: asks it for a plan per run and hands each planned branch to a worker of its own.</summary>
internal sealed class StrategySupervisor : ReceiveActor, IWithTimers
{
    private readonly string _name;
    private readonly IStrategy _strategy;
    private readonly LogInbox _log;
    private readonly TimeProvider _clock;
    private readonly EndedBranches _ended;
    private readonly WorkerPool _workers;
    private readonly ShadowRuns _shadowRuns = new();
    private IActorRef _drainer = ActorRefs.Nobody;

    public static Props Props(string name, IStrategy strategy, LogInbox log, TimeProvider clock) =>
        Akka.Actor.Props.Create(() => new StrategySupervisor(name, strategy, log, clock));

    public StrategySupervisor(string name, IStrategy strategy, LogInbox log, TimeProvider clock)
    {
        _name = name;
        _strategy = strategy;
        _log = log;
        _clock = clock;
        var pace = new Pace(clock);
        _ended = new EndedBranches(Self);
        _workers = new WorkerPool(Context, BranchWorker.Props(log, _ended, pace, new OwnThreads(pace, clock), clock));
        Running();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private void Running()
    {
        Receive<RunExperiment>(OnRun);
        Receive<Drain>(OnDrain);
        ReceiveBranchEnds();
    }

    private void Draining()
    {
        Receive<RunExperiment>(OnRunRefused);
        Receive<Drain>(_ => Sender.Tell(new Drained(0, []), Self));
        Receive<DrainTimeoutPassed>(_ => EndDrain());
        ReceiveBranchEnds();
    }

    private void ReceiveBranchEnds()
    {
        Receive<TakeEndedBranches>(_ => TakeEnded());
        Receive<GatherShadows>(OnGather);
        Receive<WorkerDied>(OnWorkerDied);
    }

    // a worker that died is replaced, never restarted: the function may have had effects
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void PostStop() => CutShort();

    private void OnRun(RunExperiment request)
    {
        TakeEnded();
        try
        {
            request.CancellationToken.ThrowIfCancellationRequested();
            var now = _clock.GetUtcNow();
            var id = request.RunId ?? Identifiers.Next(now);
            var plan = RunPlanner.Plan(
                _strategy, _name, new PlanRequest(id, request.ExperimentName, request.Configs, request.Input), request.ExpectedAnswer);
            var run = new Run(id, request, plan, Sender);
            if (plan.IsShadowed)
                _shadowRuns.Add(run, Self);
            StartBranches(run, now, shadows: false);
            if (run.ShadowsLeft > 0)
                StartBranches(run, now, shadows: true);
        }
        catch (Exception e)
        {
            // a strategy is the user's code: what it throws is the answer
            Sender.Tell(new Status.Failure(e), Self);
        }
    }

    // those that somebody waits for go first
    private void StartBranches(Run run, DateTimeOffset now, bool shadows)
    {
        for (var index = 0; index < run.Plan.Branches.Length; index++)
        {
            if (run.Plan.Branches[index].Role == BranchRole.Shadow == shadows)
                StartBranch(run, index, now);
        }
    }

    private void StartBranch(Run run, int index, DateTimeOffset now)
    {
        var (config, role) = run.Plan.Branches[index];
        var identity = new BranchIdentity(run.Id, Identifiers.Next(now), run.Request.ExperimentName, _name, config, role, now);
        _workers.Start(run, index, identity, Self);
    }

    private void OnRunRefused(RunExperiment request) => Sender.Tell(
        new Status.Failure(new ShuttingDownException($"Experiment '{request.ExperimentName}' was not run: strategy '{_name}' is shutting down.")), Self);

    private void TakeEnded()
    {
        while (_ended.TryTake(out var ended))
        {
            _workers.Return(ended!);
            Settle(ended!, ended!.Ended!);
        }
    }

    private void OnWorkerDied(WorkerDied died)
    {
        // it may have ended its branch before it died
        TakeEnded();
        if (_workers.Remove(died.Lease) is not { } work)
            return;

        // the function has not been called, so another worker can do it
        if (work.BegunAt == 0)
            _workers.Start(work.Run, work.Index, work.Identity, Self);
        else
            EndInPlaceOfWorker(work, BranchStatus.Failed, new BranchWorkerDiedException(work.Identity.Experiment, work.Identity.Config.Id));
    }

    private bool EndInPlaceOfWorker(RunBranch work, BranchStatus status, Exception exception)
    {
        // its call may have ended it in this very moment: then it is among the ended
        if (!work.TryClaimEnd())
            return false;

        // a branch that no worker has begun has not been recorded yet, and is not to begin any more
        if (work.TryBegin(_clock.GetTimestamp()))
            _log.Add(work.Run, new BranchStarted(work.Identity));

        var branch = Branch.Ended(work.Identity, status, _clock.GetElapsedTime(work.BegunAt), output: null, exception);
        _log.Add(work.Run, Records.Finished(work.Run, branch));
        Answers.TellPrimary(work.Run, branch, Self);
        Settle(work, branch);
        return true;
    }

    private void Settle(RunBranch work, Branch branch)
    {
        var run = work.Run;
        run.Keep(work.Index, branch);
        if (branch.Role == BranchRole.Shadow && run.ShadowsLeft == 0)
        {
            _shadowRuns.End(run, Self);
            WakeOnlyForWaiters();
        }
        else if (branch.Role == BranchRole.Candidate && run.AwaitedLeft == 0)
            Answers.TellContainer(run, Self);

        if (!_drainer.IsNobody() && _workers.Busy == 0)
            EndDrain();
    }

    private void OnGather(GatherShadows request)
    {
        _ended.Awaited = true;
        TakeEnded();
        if (_shadowRuns.Find(request.RunId) is not { } run)
            Sender.Tell(new Status.Failure(new RunNotFoundException(request.RunId, ShadowRuns.Remembered)), Self);
        else if (run.ShadowsLeft == 0)
            Sender.Tell(new ShadowsGathered(run.Id, run.Shadows()), Self);
        else
            _shadowRuns.Gather(run, Sender);

        WakeOnlyForWaiters();
    }

    private void WakeOnlyForWaiters() => _ended.Awaited = _shadowRuns.AreAwaited || !_drainer.IsNobody();

    private void OnDrain(Drain drain)
    {
        _drainer = Sender;
        Become(Draining);
        _ended.Awaited = true;
        TakeEnded();
        if (_workers.Busy == 0)
            EndDrain();
        else
            Timers.StartSingleTimer(nameof(DrainTimeoutPassed), DrainTimeoutPassed.Instance, drain.Timeout);
    }

    private void EndDrain()
    {
        if (_drainer.IsNobody())
            return;

        var drainer = _drainer;
        _drainer = ActorRefs.Nobody;
        drainer.Tell(new Drained(CutShort(), []), Self);
    }

    private int CutShort()
    {
        var cut = _workers.TakeBusy().Count(work => EndInPlaceOfWorker(work, BranchStatus.Cancelled, new ShuttingDownException(
            $"Config '{work.Identity.Config.Id}' of experiment '{work.Identity.Experiment}' was cut short: strategy '{_name}' is shutting down.")));
        TakeEnded();
        return cut;
    }

    internal sealed record WorkerDied(Lease Lease);

    private sealed record DrainTimeoutPassed
    {
        public static DrainTimeoutPassed Instance { get; } = new();
    }
}
