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
    private readonly MigrationWatch _migration;
    private readonly Comparisons _comparisons;
    private SettingsInForce _settings = null!;
    private int _inFlight;
    private bool _isTaking;

    public RunsInProgress(
        string name, string strategyName, IActorContext context, StrategyLedger ledger, Surroundings surroundings, Action<MigrationStage> moveTo)
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
        _migration = new MigrationWatch(name, surroundings, logger, moveTo);
        _comparisons = new Comparisons(_ended, _deadlines, ledger, surroundings, logger);
        Candidates = new Candidates(this, _self, surroundings);
        Shadows = new Shadows(this, _comparisons, _ended, _self, ledger, surroundings);
    }

    public Candidates Candidates { get; }

    public Shadows Shadows { get; }

    /// <summary>Whether no branch and no comparison is in progress.</summary>
    public bool IsIdle => _inFlight + _comparisons.InFlight == 0;

    public void Dispose() => _deadlines.Dispose();

    /// <summary>What is decided from now on is decided by these settings.</summary>
    public void Obey(SettingsInForce settings)
    {
        _settings = settings;
        _quarantine.Obey(settings.Settings.Quarantine);
        _migration.Obey(settings);
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
            run.Span = Spans.StartRun(run.Id, run.Request.ExperimentName, _strategyName, run.Settings.Version, run.Request.Caller, run.Request.Parent);
        ListenToCaller(run);
        _deadlines.Add(run, run.Deadline, _clock.GetTimestamp());
        Candidates.Start(run);

        // those that somebody waits for have gone first
        if (run.Plan.IsShadowed)
            Shadows.Offer(run);
    }

    /// <summary>Starts a branch of a run.</summary>
    public void StartBranch(Run run, int index, DateTimeOffset now) => _workers.Start(Begin(run, index, now), _self);

    /// <summary>Leaves a branch of a run for which there is no time: it is recorded as cancelled, and its function is not called.</summary>
    public void LeaveBranch(Run run, int index, DateTimeOffset now, Exception cause) =>
        EndWithoutFunction(Begin(run, index, now), BranchStatus.Cancelled, cause);

    public BranchIdentity Identify(Run run, Config config, BranchRole role, DateTimeOffset now) => new(
        run.Id, Identifiers.Next(now), run.Request.ExperimentName, _strategyName, config, role, now, run.Settings.Version,
        run.Request.Caller?.TraceId ?? default)
    {
        Parent = run.Request.Parent,
        Context = run.Context,
        Input = run.RecordedInput,
    };

    /// <summary>Takes the branches whose function has ended since the last look, or whose comparison has.</summary>
    public void TakeEnded()
    {
        // what is taken may ask for this in turn: the first to look takes it all, whatever depth it has
        if (_isTaking)
            return;

        _isTaking = true;
        try
        {
            while (_ended.TryTake(out var ended))
                Take(ended!);
        }
        finally
        {
            _isTaking = false;
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
            else if (overdue is PairComparison pair)
                EndWithoutComparer(pair, TimedOut(pair));
        }
    }

    /// <summary>The caller does not want the answer any more.</summary>
    public void Cancel(Run run)
    {
        if (run.IsAnswered)
            return;

        var cause = new OperationCanceledException($"The caller cancelled a run of experiment '{run.Request.ExperimentName}'.", run.Request.CancellationToken);
        if (run.Plan.IsInTurn)
        {
            if (run.Begun == 1 && run.AwaitedAt(0) is { Ended: null } first)
                EndWithoutFunction(first, BranchStatus.Cancelled, cause);
            return;
        }

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
        Candidates.Close();
        Shadows.Close();
        TakeEnded();
    }

    /// <summary>Ends all that is in progress as cancelled, and tells the functions.</summary>
    /// <returns>How many branches and comparisons were ended so.</returns>
    public int CutShort()
    {
        Candidates.CutShort();
        Shadows.CutShort();
        Close();
        var cut = _workers.Running().Count(work => EndWithoutFunction(work, BranchStatus.Cancelled, CutShort(work, "Config")));
        TakeEnded();
        cut += _comparisons.Running().Count(pair => EndWithoutComparer(pair, CutShort(pair.Compared, "The comparison of config")));
        TakeEnded();
        return cut;
    }

    /// <summary>Ends all awaited branches of a run that have not ended; none starts any more.</summary>
    public void EndAwaited(Run run, BranchStatus status, Func<RunBranch, Exception> cause)
    {
        run.Started = run.Plan.Branches.Length;
        for (var index = 0; index < run.Plan.Branches.Length; index++)
        {
            if (run.AwaitedAt(index) is { Ended: null } branch)
                EndWithoutFunction(branch, status, cause(branch));
        }
    }

    /// <summary>A run has its answer.</summary>
    public void MarkAnswered(Run run)
    {
        run.IsAnswered = true;
        _ledger.Answer();
        DeadlineQueue.Remove(run);
        run.CallersToken.Unregister();
        run.Request.Stream?.TryComplete();
        Candidates.Leave(run);
        if (run.Compares)
            Shadows.Compare(run);
    }

    private ShuttingDownException CutShort(RunBranch work, string what) =>
        new($"{what} '{work.Config.Id}' of experiment '{work.Experiment}' was cut short: strategy '{_name}' is shutting down.");

    private static TimeoutException TimedOut(PairComparison pair) => new(
        $"The comparison of config '{pair.Compared.Config.Id}' with '{pair.Reference.Config.Id}' of experiment '{pair.Compared.Experiment}' did not end within {pair.Compared.Run.ShadowDeadline.TotalSeconds} s.");

    private static BranchTimedOutException TimedOut(RunBranch branch, TimeSpan deadline) => new(branch.Experiment, branch.Config.Id, deadline);

    private RunBranch Begin(Run run, int index, DateTimeOffset now)
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
        _inFlight++;
        if (role.IsAwaited())
            run.Add(work);
        else
            _deadlines.Add(work.Deadline = new ShadowDeadline(work), run.ShadowDeadline, started);

        // recorded here, so that the start stands before the end whoever ends the branch
        _surroundings.Log.Add(run, new BranchStarted(identity));
        return work;
    }

    private void ListenToCaller(Run run)
    {
        if (run.Request.CancellationToken.CanBeCanceled)
            run.CallersToken = run.Request.CancellationToken.UnsafeRegister(
                static message => ((StrategySupervisor.CallerCancelled)message!).Tell(), new StrategySupervisor.CallerCancelled(run, _self));
    }

    private void Take(RunBranch ended)
    {
        if (ended.Comparison is { } comparison)
        {
            if (Shadows.End(comparison))
                NoteForMigration(comparison);
            return;
        }

        _workers.Return(ended);
        if (ended.Late is { } late)
            _abandoned.ComeBack(ended, late);
        else
            Settle(ended);
    }

    private bool EndWithoutComparer(PairComparison pair, Exception cause)
    {
        if (!Shadows.EndWithout(pair, cause))
            return false;

        NoteForMigration(pair);
        return true;
    }

    private void NoteForMigration(PairComparison pair) => _migration.Note(pair.Ended!, pair.Compared.Run.Settings.Version);

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
        _inFlight--;
        ledger.End(branch.Status);
        _quarantine.End(work, ledger, _settings.Settings.Quarantine);
        switch (branch.Role)
        {
            case BranchRole.Primary:
                MarkAnswered(work.Run);
                break;
            case BranchRole.Shadow or BranchRole.Noise:
                Shadows.End(work);
                break;
            default:
                Candidates.End(work.Run, branch);
                break;
        }
    }
}
