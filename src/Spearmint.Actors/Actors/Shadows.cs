using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>
/// Decides what becomes of the shadows of one strategy: they start, wait for others to end, or are skipped. Touched by its supervisor alone.
/// </summary>
/// <param name="runs">Starts those that may start.</param>
/// <param name="ended">Where shadows are left that have ended: it wakes the supervisor only when that matters.</param>
/// <param name="self">The supervisor.</param>
/// <param name="ledger">Counts.</param>
/// <param name="surroundings">What all supervisors share.</param>
internal sealed class Shadows(RunsInProgress runs, EndedBranches ended, IActorRef self, StrategyLedger ledger, Surroundings surroundings)
{
    private readonly Queue<(Run Run, int Index)> _waiting = new();
    private readonly ShadowRuns _runs = new();
    private SettingsInForce _settings = null!;
    private int _running;
    private bool _closed;

    public int Waiting => _waiting.Count;

    /// <summary>What is decided from now on is decided by these settings, also about those that wait.</summary>
    public void Obey(SettingsInForce settings)
    {
        _settings = settings;
        StartWaiting();
    }

    /// <summary>Decides whether a run has shadows, and lets them be asked for.</summary>
    /// <exception cref="ArgumentException">Another run has the same id.</exception>
    public void Remember(Run run)
    {
        if (!run.Plan.IsShadowed)
            return;

        var rate = _settings.Settings.ShadowSampleRate;
        if (rate < 1 && StableHash.Share(run.Id, StableHash.ShadowSampling) >= rate)
            run.LeaveShadowsOut();
        _runs.Add(run, self);
    }

    /// <summary>Decides about the shadows of a run that starts.</summary>
    public void Offer(Run run)
    {
        var left = 0;
        for (var index = 0; index < run.Plan.Branches.Length; index++)
        {
            var (config, role) = run.Plan.Branches[index];
            if (role != BranchRole.Shadow)
                continue;
            if (run.IsSampled)
                Decide(run, index, run.StartedAt, mayWait: true);
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
        _running--;
        DeadlineQueue.Remove(shadow.Deadline!);
        Keep(shadow.Run, shadow.Index, shadow.Ended!);
        StartWaiting();
    }

    public void Gather(GatherShadows request, IActorRef asker)
    {
        runs.TakeEnded();
        if (_runs.Find(request.RunId) is not { } run)
            asker.Tell(new Status.Failure(new RunNotFoundException(request.RunId, ShadowRuns.Remembered)), self);
        else if (run.ShadowsLeft == 0)
            asker.Tell(new ShadowsGathered(run.Id, run.EndedShadows()), self);
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
        while (_waiting.TryDequeue(out var waiting))
            Skip(waiting.Run, waiting.Index, SkipReasons.ShuttingDown);
    }

    private void Decide(Run run, int index, DateTimeOffset now, bool mayWait)
    {
        if (Forbids(ledger[run.Plan.Branches[index].Config]) is { } reason)
            Skip(run, index, reason);
        else if (_running >= _settings.Settings.MaxConcurrentShadows)
            Wait(run, index, mayWait);
        else if (!surroundings.Load.TryAddShadow(_settings.Common.MaxConcurrentShadows))
            Skip(run, index, SkipReasons.ProcessLimit);
        else
        {
            _running++;
            runs.StartBranch(run, index, now);
        }
    }

    // why a shadow is not to run at all now, whatever room there is
    private string? Forbids(ConfigLedger config)
    {
        if (_settings.Settings.ShadowsPaused || _settings.Common.ShadowsPaused)
            return SkipReasons.Paused;
        if (surroundings.Load.Abandoned >= _settings.Common.MaxAbandonedWorkers)
            return SkipReasons.Abandoned;

        return config.Watch().Refuses(_settings.Settings.Quarantine) ? SkipReasons.Quarantined : null;
    }

    private void Wait(Run run, int index, bool mayWait)
    {
        if (!mayWait || _waiting.Count >= _settings.Settings.ShadowQueueLimit)
        {
            Skip(run, index, SkipReasons.QueueFull);
            return;
        }

        // the end of a shadow matters from now on, and may have been left here just before
        _waiting.Enqueue((run, index));
        ended.Awaited = true;
        runs.TakeEnded();
    }

    private void StartWaiting()
    {
        while (CanDecide() && _waiting.TryDequeue(out var next))
            Decide(next.Run, next.Index, surroundings.Clock.GetUtcNow(), mayWait: false);

        WakeOnlyForWaiters();
    }

    // there is room, or none of those that wait may run, or more wait than may
    private bool CanDecide() => _running < _settings.Settings.MaxConcurrentShadows || _settings.Settings.ShadowsPaused || _settings.Common.ShadowsPaused
        || _waiting.Count > _settings.Settings.ShadowQueueLimit;

    private void Skip(Run run, int index, string reason)
    {
        var config = run.Plan.Branches[index].Config;
        var branch = Branch.Skipped(runs.Identify(run, config, BranchRole.Shadow, surroundings.Clock.GetUtcNow()), reason);
        ledger[config].Skip(reason);
        surroundings.Telemetry.ShadowSkipped(branch.Experiment, config.Id, reason);
        surroundings.Log.Add(run, new BranchFinished(branch));
        Keep(run, index, branch);
    }

    private void Keep(Run run, int index, Branch shadow)
    {
        run.AddShadow(index, shadow);
        if (run.ShadowsLeft > 0)
            return;

        _runs.End(run, self);
        WakeOnlyForWaiters();
    }

    private void WakeOnlyForWaiters() => ended.Awaited = _closed || _runs.AreAwaited || _waiting.Count > 0;
}
