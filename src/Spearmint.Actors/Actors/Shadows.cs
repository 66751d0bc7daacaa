using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>
/// Decides what becomes of the shadows of one strategy, and of its comparisons: they start, wait for others to end, or are skipped. A shadow
/// keeps its place until it has been compared. Touched by its supervisor alone.
/// </summary>
/// <param name="runs">Starts those that may start.</param>
/// <param name="comparisons">Compares.</param>
/// <param name="ended">Where shadows are left that have ended: it wakes the supervisor only when that matters.</param>
/// <param name="self">The supervisor.</param>
/// <param name="ledger">Counts.</param>
/// <param name="surroundings">What all supervisors share.</param>
internal sealed class Shadows(
    RunsInProgress runs, Comparisons comparisons, EndedBranches ended, IActorRef self, StrategyLedger ledger, Surroundings surroundings)
{
    private const int MaxOnStack = 64;

    private readonly ShadowPlaces _places = new(ended, surroundings.Load);
    private readonly ShadowRuns _runs = new();
    private SettingsInForce _settings = null!;
    private bool _closed;
    private bool _isCutShort;

    public int Waiting => _places.Waiting;

    /// <summary>What is decided from now on is decided by these settings, also about those that wait.</summary>
    public void Obey(SettingsInForce settings)
    {
        _settings = settings;
        _places.Obey(settings);
        StartWaiting();
    }

    /// <summary>Decides whether a run has shadows, and lets them and its comparisons be asked for.</summary>
    /// <exception cref="ArgumentException">Another run has the same id.</exception>
    public void Remember(Run run)
    {
        if (!run.Plan.IsShadowed && !run.Compares)
            return;

        var rate = _settings.Settings.ShadowSampleRate;
        if (run.Plan.IsShadowed && (!run.MayHaveShadows || (rate < 1 && StableHash.Share(run.Id, StableHash.ShadowSampling) >= rate)))
            run.LeaveShadowsOut();
        _runs.Add(run, self);
    }

    /// <summary>Decides about the shadows of a run that starts.</summary>
    public void Offer(Run run)
    {
        var left = 0;
        Span<int> order = run.Plan.Branches.Length <= MaxOnStack ? stackalloc int[run.Plan.Branches.Length] : new int[run.Plan.Branches.Length];
        Arrange(order, run);
        foreach (var index in order)
        {
            var (config, role) = run.Plan.Branches[index];
            if (role.IsAwaited())
                continue;
            if (run.IsSampled)
                Decide(new Waiter(run, index, null), run.StartedAt, mayWait: true);
            else
            {
                ledger[config].NotSampled();
                left++;
            }
        }

        surroundings.Log.ExpectLess(run, left);
    }

    /// <summary>A shadow has ended.</summary>
    public void End(RunBranch shadow)
    {
        var run = shadow.Run;
        DeadlineQueue.Remove(shadow.Deadline!);
        run.AddShadow(shadow.Index, shadow.Ended!);
        if (!run.Compares)
            _places.Free();
        else if (run.AwaitedAt(run.ReferenceIndex)!.Ended is null)
            (run.Uncompared ??= []).Add(shadow);
        else
            CompareInPlace(shadow);

        TellWhenOver(run);
        StartWaiting();
    }

    /// <summary>A run that compares has been answered: what has waited for that is compared.</summary>
    public void Compare(Run run)
    {
        if (run.Plan.IsShadowed)
        {
            foreach (var shadow in run.Uncompared ?? [])
                CompareInPlace(shadow);
            run.Uncompared = null;
            TellWhenOver(run);
            StartWaiting();
            return;
        }

        var now = surroundings.Clock.GetUtcNow();
        for (var index = 0; index < run.Plan.Branches.Length; index++)
        {
            if (index != run.ReferenceIndex)
                Decide(new Waiter(run, index, run.AwaitedAt(index)), now, mayWait: true);
        }
    }

    /// <summary>A comparer has ended.</summary>
    /// <returns>Whether the comparison ends with it: not when it has ended before.</returns>
    public bool End(PairComparison pair)
    {
        var isEnded = comparisons.End(pair);
        if (isEnded)
            LeavePlace(pair.Compared.Run);
        return isEnded;
    }

    /// <summary>Ends a comparison without its comparer, if that has not ended it.</summary>
    public bool EndWithout(PairComparison pair, Exception cause)
    {
        var isEnded = comparisons.EndWithout(pair, cause);
        if (isEnded)
            LeavePlace(pair.Compared.Run);
        return isEnded;
    }

    public void Gather(GatherShadows request, IActorRef asker)
    {
        runs.TakeEnded();
        if (_runs.Find(request.RunId) is not { } run)
            asker.Tell(new Status.Failure(new RunNotFoundException(request.RunId, ShadowRuns.Remembered)), self);
        else if (run.IsOver)
            asker.Tell(ShadowRuns.Gathered(run), self);
        else
        {
            // the last look comes after saying that somebody waits: what ends from then on wakes the supervisor
            _runs.Gather(run, asker);
            WakeOnlyForWaiters();
            runs.TakeEnded();
        }
    }

    /// <summary>No shadow starts any more; those that wait are skipped.</summary>
    public void Close()
    {
        _closed = true;
        ended.Awaited = true;
        while (_places.TryTakeWaiting(out var waiting))
            Skip(waiting, SkipReasons.ShuttingDown);
    }

    /// <summary>There is no time left to compare anything.</summary>
    public void CutShort() => _isCutShort = true;

    // in the order of the configs, or in one that limits hit alike
    private static void Arrange(Span<int> order, Run run)
    {
        for (var index = 0; index < order.Length; index++)
            order[index] = index;

        var settings = run.Settings.Settings;
        if (settings.ShadowOrder == ShadowOrder.Random)
            StableHash.Shuffle(order, run.Id, settings.ShadowOrderSeed);
    }

    private void Decide(Waiter next, DateTimeOffset now, bool mayWait)
    {
        if (Forbids(next) is { } reason)
            Skip(next, reason);
        else if (_places.IsFull)
            Wait(next, mayWait);
        else if (_places.TryTake())
            Start(next, now);
        else
            Skip(next, SkipReasons.ProcessLimit);
    }

    private void Start(Waiter next, DateTimeOffset now)
    {
        if (next.Compared is null)
            runs.StartBranch(next.Run, next.Index, now);
        else
            comparisons.Start(next.Compared, next.Run.AwaitedAt(next.Run.ReferenceIndex)!);
    }

    // why a shadow, or a comparison, is not to start at all now, whatever room there is
    private string? Forbids(Waiter next)
    {
        if (next.Compared is not null && ForbidsComparison(next.Compared) is { } reason)
            return reason;
        if (_settings.Settings.ShadowsPaused || _settings.Common.ShadowsPaused)
            return SkipReasons.Paused;
        if (surroundings.Load.Abandoned >= _settings.Common.MaxAbandonedWorkers)
            return SkipReasons.Abandoned;

        return next.Compared is null && ledger[next.Run.Plan.Branches[next.Index].Config].Watch().Refuses(_settings.Settings.Quarantine)
            ? SkipReasons.Quarantined
            : null;
    }

    private void Wait(Waiter next, bool mayWait)
    {
        if (_closed)
            Skip(next, SkipReasons.ShuttingDown);
        else if (!mayWait || !_places.TryWait(next))
            Skip(next, SkipReasons.QueueFull);
        else
            runs.TakeEnded();
    }

    // a shadow that has ended has a place, which its comparison takes over
    private void CompareInPlace(RunBranch shadow)
    {
        if (ForbidsComparison(shadow) is { } reason)
        {
            Skip(new Waiter(shadow.Run, shadow.Index, shadow), reason);
            _places.FreeOfProcess();
        }
        else
            comparisons.Start(shadow, shadow.Run.AwaitedAt(shadow.Run.ReferenceIndex)!);
    }

    private void LeavePlace(Run run)
    {
        _places.Free();
        TellWhenOver(run);
        StartWaiting();
    }

    private void StartWaiting()
    {
        while (_places.CanDecide && _places.TryTakeWaiting(out var next))
            Decide(next, surroundings.Clock.GetUtcNow(), mayWait: false);

        WakeOnlyForWaiters();
    }

    private void Skip(Waiter next, string reason)
    {
        var run = next.Run;
        if (next.Compared is null)
        {
            run.AddShadow(next.Index, SkipShadow(run, next.Index, reason));
            if (run.Compares)
                run.ComparisonsLeft--;
        }
        else
        {
            comparisons.Leave(next.Compared, reason);
            run.ComparisonsLeft--;
        }

        if (run.Compares)
            surroundings.Log.ExpectLess(run, 1);
        TellWhenOver(run);
    }

    private Branch SkipShadow(Run run, int index, string reason)
    {
        var (config, role) = run.Plan.Branches[index];
        var branch = Branch.Skipped(runs.Identify(run, config, role, surroundings.Clock.GetUtcNow()), reason);
        ledger[config].Skip(reason);
        surroundings.Telemetry.ShadowSkipped(branch.Experiment, config.Id, reason);
        surroundings.Log.Add(run, new BranchFinished(branch));
        run.Request.AfterBranch?.Add(branch);
        return branch;
    }

    private string? ForbidsComparison(RunBranch branch)
    {
        if (!Comparisons.IsComparable(branch) || !Comparisons.IsComparable(branch.Run.AwaitedAt(branch.Run.ReferenceIndex)))
            return NotComparedReasons.NoOutcome;

        return _isCutShort ? SkipReasons.ShuttingDown : null;
    }

    private void TellWhenOver(Run run)
    {
        if (!run.IsOver)
            return;

        _runs.End(run, self);
        WakeOnlyForWaiters();
    }

    private void WakeOnlyForWaiters() => ended.Awaited = _closed || _runs.AreAwaited || _places.Waiting > 0;
}
