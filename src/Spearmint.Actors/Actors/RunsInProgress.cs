using Akka.Actor;
using Akka.Event;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Actors;

/// <summary>Carries the planned runs of one strategy out: starts their branches, sees that each one ends, and answers. Touched by its supervisor alone.</summary>
internal sealed class RunsInProgress : IDisposable
{
    private readonly string _name;
    private readonly string _strategyName;
    private readonly IActorRef _self;
    private readonly StrategyLedger _ledger;
    private readonly Surroundings _surroundings;
    private readonly TimeProvider _clock;
    private readonly EndedBranches _ended;
    private readonly WorkerPool _workers;
    private readonly DeadlineQueue _deadlines;
    private readonly AbandonedFunctions _abandoned;
    private readonly QuarantineWatch _quarantine;
    private SettingsInForce _settings = null!;
    private bool _closed;

    public RunsInProgress(string name, string strategyName, IActorContext context, StrategyLedger ledger, Surroundings surroundings)
    {
        _name = name;
        _strategyName = strategyName;
        _self = context.Self;
        _ledger = ledger;
        _surroundings = surroundings;
        _clock = surroundings.Clock;
        _ended = new EndedBranches(_self);
        var pace = new Pace(_clock, surroundings.InlinePlaces);
        _workers = new WorkerPool(context, BranchWorker.Props(surroundings, _ended, pace, new OwnThreads(pace, _clock)));
        _deadlines = new DeadlineQueue(_clock, _self);
        var logger = context.GetLogger();
        _abandoned = new AbandonedFunctions(ledger, surroundings, logger);
        _quarantine = new QuarantineWatch(name, ledger, surroundings, logger);
        Shadows = new Shadows(this, _ended, _self, ledger, surroundings);
    }

    public Shadows Shadows { get; }

    /// <summary>Branches that have started and not ended.</summary>
    public int InFlight { get; private set; }

    public void Dispose() => _deadlines.Dispose();

    /// <summary>What is decided from now on is decided by these settings.</summary>
    public void Obey(SettingsInForce settings)
    {
        _settings = settings;
        _quarantine.Obey(settings.Settings.Quarantine);
        Shadows.Obey(settings);
    }

    public void RefuseOverload(RunExperiment request)
    {
        if (_ledger.InFlight >= _settings.Settings.MaxConcurrentRuns)
            throw new OverloadedException(
                $"Experiment '{request.ExperimentName}' was not run: {_ledger.InFlight} of its runs are in progress, and MaxConcurrentRuns allows no more.");
        if (_abandoned.Awaited > 0 && _surroundings.Load.Abandoned >= _settings.Common.MaxAbandonedWorkers)
            throw new OverloadedException(
                $"Experiment '{request.ExperimentName}' was not run: {_abandoned.Awaited} of its functions go on after their branches have ended, and MaxAbandonedWorkers allows no more.");
    }

    public void Start(Run run)
    {
        _ledger.Accept();
        run.MeteredBy = _surroundings.Telemetry.RunStarted(run.Request.ExperimentName) ? _surroundings.Telemetry : null;
        if (Spans.AreListenedTo)
            run.Span = Spans.StartRun(run.Id, run.Request.ExperimentName, _strategyName, run.Settings.Version, run.Request.Caller);
        ListenToCaller(run);
        _deadlines.Add(run, run.Deadline, _clock.GetTimestamp());
        if (run.Plan.Stagger > TimeSpan.Zero)
            StartNext(run, started: 0);
        else
            StartAwaited(run);

        // those that somebody waits for have gone first
        if (run.Plan.IsShadowed)
            Shadows.Offer(run);
    }

    /// <summary>Starts the next awaited branch of a run that starts them one after the other, if it still is where it was.</summary>
    public void StartNext(Run run, int started)
    {
        if (run.IsAnswered || run.Started != started || started >= run.Plan.Branches.Length)
            return;

        run.Started++;
        StartBranch(run, started, started == 0 ? run.StartedAt : _clock.GetUtcNow());
        if (run.Started == run.Plan.Branches.Length)
            return;

        run.Stagger?.Dispose();
        run.Stagger = _clock.CreateTimer(
            static message => ((StrategySupervisor.StaggerPassed)message!).Tell(),
            new StrategySupervisor.StaggerPassed(run, run.Started, _self), run.Plan.Stagger, Timeout.InfiniteTimeSpan);
    }

    public void StartBranch(Run run, int index, DateTimeOffset now)
    {
        var (config, role) = run.Plan.Branches[index];
        var ledger = _ledger[config];
        var started = _clock.GetTimestamp();
        var identity = Identify(run, config, role, now);
        var work = new RunBranch(run, index, identity, started)
        {
            IsProbe = QuarantineWatch.Begin(ledger, _settings.Settings.Quarantine),
            Span = run.Span is null ? null : Spans.StartBranch(identity, run.Span),
        };
        ledger.Start(role);
        InFlight++;
        if (role == BranchRole.Shadow)
            _deadlines.Add(work.Deadline = new ShadowDeadline(work), run.ShadowDeadline, started);
        else
            run.Add(work);

        // recorded here, so that the start stands before the end whoever ends the branch
        _surroundings.Log.Add(run, new BranchStarted(identity));
        _workers.Start(work, _self);
    }

    public BranchIdentity Identify(Run run, Config config, BranchRole role, DateTimeOffset now) => new(
        run.Id, Identifiers.Next(now), run.Request.ExperimentName, _strategyName, config, role, now, run.Settings.Version,
        run.Request.Caller?.TraceId ?? default);

    /// <summary>Takes the branches whose function has ended since the last look.</summary>
    public void TakeEnded()
    {
        while (_ended.TryTake(out var ended))
        {
            _workers.Return(ended!);
            if (ended!.Late is { } late)
                _abandoned.ComeBack(ended, late);
            else
                Settle(ended);
        }
    }

    /// <summary>Ends what has not ended within its deadline.</summary>
    public void EndOverdue()
    {
        while (_deadlines.TakeDue() is { } overdue)
        {
            if (overdue is Run run)
                EndAwaited(run, BranchStatus.TimedOut, branch => TimedOut(branch, run.Deadline));
            else if (overdue is ShadowDeadline { Shadow: var shadow })
                EndWithoutFunction(shadow, BranchStatus.TimedOut, TimedOut(shadow, shadow.Run.ShadowDeadline));
        }
    }

    /// <summary>The caller does not want the answer any more.</summary>
    public void Cancel(Run run)
    {
        if (run.IsAnswered)
            return;

        var cause = new OperationCanceledException($"The caller cancelled a run of experiment '{run.Request.ExperimentName}'.", run.Request.CancellationToken);
        if (!run.HasPrimary)
        {
            Answers.TellFailure(run, cause, _self);
            MarkAnswered(run);
        }

        EndAwaited(run, BranchStatus.Cancelled, _ => cause);
    }

    /// <summary>A worker has died. What it ran is ended in its place, or given to another worker where the function had not been called.</summary>
    public void ReplaceWorker(Lease lease)
    {
        if (_workers.Remove(lease) is not { } work)
            return;

        if (work.Ended is not null)
        {
            if (work.IsCallOver)
                _abandoned.Forget(work);
        }
        else if (work.HasBegun)
            EndWithoutFunction(work, BranchStatus.Failed, new BranchWorkerDiedException(work.Experiment, work.Config.Id));
        else
            _workers.Start(work, _self);
    }

    /// <summary>No new branches from now on.</summary>
    public void Close()
    {
        _closed = true;
        Shadows.Close();
        TakeEnded();
    }

    /// <summary>Ends all that is in progress as cancelled, and tells the functions.</summary>
    /// <returns>How many branches were ended so.</returns>
    public int CutShort()
    {
        Close();
        var cut = _workers.Running().Count(work => EndWithoutFunction(work, BranchStatus.Cancelled, new ShuttingDownException(
            $"Config '{work.Config.Id}' of experiment '{work.Experiment}' was cut short: strategy '{_name}' is shutting down.")));
        TakeEnded();
        return cut;
    }

    private static BranchTimedOutException TimedOut(RunBranch branch, TimeSpan deadline) => new(branch.Experiment, branch.Config.Id, deadline);

    private void ListenToCaller(Run run)
    {
        if (run.Request.CancellationToken.CanBeCanceled)
            run.CallersToken = run.Request.CancellationToken.UnsafeRegister(
                static message => ((StrategySupervisor.CallerCancelled)message!).Tell(), new StrategySupervisor.CallerCancelled(run, _self));
    }

    private void StartAwaited(Run run)
    {
        for (var index = 0; index < run.Plan.Branches.Length; index++)
        {
            if (run.Plan.Branches[index].Role != BranchRole.Shadow)
                StartBranch(run, index, run.StartedAt);
        }
    }

    private void EndAwaited(Run run, BranchStatus status, Func<RunBranch, Exception> cause)
    {
        run.Started = run.Plan.Branches.Length;
        for (var index = 0; index < run.Plan.Branches.Length; index++)
        {
            if (run.AwaitedAt(index) is { Ended: null } branch)
                EndWithoutFunction(branch, status, cause(branch));
        }
    }

    private bool EndWithoutFunction(RunBranch work, BranchStatus status, Exception cause)
    {
        // its call may have ended it in this very moment: then it is among the ended
        if (!work.TryClaimEnd())
            return false;

        var branch = Branch.Ended(work.Identity, status, _clock.GetElapsedTime(work.StartedAt), output: null, cause, work.Reported);
        Ends.Note(work, branch, Ends.Record(work.Run, branch), _surroundings);
        if (work.TryBegin())
            _workers.Return(work);
        else if (!work.IsCallOver)
            _abandoned.Add(work);

        Answers.TellPrimary(work.Run, branch, _self);
        Settle(work);
        return true;
    }

    private void Settle(RunBranch work)
    {
        var branch = work.Ended!;
        var ledger = _ledger[branch.Config];
        InFlight--;
        ledger.End(branch.Status);
        _quarantine.End(work, ledger, _settings.Settings.Quarantine);
        switch (branch.Role)
        {
            case BranchRole.Primary:
                MarkAnswered(work.Run);
                break;
            case BranchRole.Shadow:
                Shadows.End(work);
                break;
            default:
                work.Run.AwaitedLeft--;
                work.Run.Request.Stream?.TryWrite(branch);
                EndCandidate(work.Run, branch);
                break;
        }
    }

    private void EndCandidate(Run run, Branch branch)
    {
        if (run.IsAnswered)
            return;

        if (run.Plan.Answer == AnswerShape.Container)
            AnswerWhenAllHaveEnded(run);
        else if (branch.Status == BranchStatus.Success)
            AnswerWithFirst(run, branch);
        else
            GoOnAfterFailure(run);
    }

    private void AnswerWhenAllHaveEnded(Run run)
    {
        if (run.AwaitedLeft > 0)
            return;

        Answers.TellContainer(run, _self);
        MarkAnswered(run);
    }

    private void AnswerWithFirst(Run run, Branch first)
    {
        Answers.TellFirst(run, first, _self);
        MarkAnswered(run);
        EndAwaited(run, BranchStatus.Cancelled, _ => new OperationCanceledException($"Config '{first.Config.Id}' answered first."));
    }

    // a branch that starts after another does not wait for its time when that one has failed before it
    private void GoOnAfterFailure(Run run)
    {
        if (!_closed && run.Plan.Stagger > TimeSpan.Zero)
            StartNext(run, run.Started);
        if (run.AwaitedLeft > 0)
            return;

        Answers.TellFailure(run, run.AwaitedAt(0)!.Ended!.Exception!, _self);
        MarkAnswered(run);
    }

    private void MarkAnswered(Run run)
    {
        run.IsAnswered = true;
        _ledger.Answer();
        DeadlineQueue.Remove(run);
        run.CallersToken.Unregister();
        run.Request.Stream?.TryComplete();
        if (run.Plan.Stagger > TimeSpan.Zero)
            StopStarting(run);
    }

    private void StopStarting(Run run)
    {
        run.Stagger?.Dispose();
        _surroundings.Log.ExpectLess(run, run.Plan.Branches.Length - run.Begun);
    }
}
