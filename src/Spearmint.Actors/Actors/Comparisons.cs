using Akka.Event;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>
/// Compares the branches of one strategy, on threads where a comparer that blocks or hangs takes nothing from anybody. Touched by its
/// supervisor alone, but for what is said to run elsewhere.
/// </summary>
internal sealed class Comparisons
{
    private readonly EndedBranches _ended;
    private readonly DeadlineQueue _deadlines;
    private readonly StrategyLedger _ledger;
    private readonly Surroundings _surroundings;
    private readonly ILoggingAdapter _logger;
    private readonly Pace _pace;
    private readonly OwnThreads _ownThreads;
    private readonly HashSet<PairComparison> _running = [];

    public Comparisons(EndedBranches ended, DeadlineQueue deadlines, StrategyLedger ledger, Surroundings surroundings, ILoggingAdapter logger)
    {
        _ended = ended;
        _deadlines = deadlines;
        _ledger = ledger;
        _surroundings = surroundings;
        _logger = logger;
        _pace = new Pace(surroundings.Clock, surroundings.InlinePlaces);
        _ownThreads = new OwnThreads(_pace, surroundings.Clock);
    }

    /// <summary>Comparisons that have started and not ended.</summary>
    public int InFlight => _running.Count;

    /// <summary>Whether both branches were ended by their functions: else there is nothing to compare.</summary>
    public static bool IsComparable(RunBranch? branch) => branch?.Ended switch
    {
        { Status: BranchStatus.Success } => true,
        { Status: BranchStatus.Failed, Exception: not BranchWorkerDiedException } => true,
        _ => false,
    };

    /// <summary>Starts a comparison. Its branch is left among the ended ones once more when the comparer has ended.</summary>
    public void Start(RunBranch compared, RunBranch reference)
    {
        var pair = new PairComparison(compared, reference.Ended!);
        compared.Comparison = pair;
        _running.Add(pair);
        _ledger[compared.Config].Comparisons.Start();
        _deadlines.Add(pair, compared.Run.ShadowDeadline, _surroundings.Clock.GetTimestamp());

        // not on this thread, which plans runs
        ThreadPool.UnsafeQueueUserWorkItem(CompareElsewhere, pair, preferLocal: false);
    }

    /// <summary>Some pair is not compared.</summary>
    public void Leave(RunBranch compared, string reason) => _ledger[compared.Config].Comparisons.Leave(reason);

    /// <summary>A comparer has ended.</summary>
    /// <returns>Whether the comparison ends with it: not when it has ended before.</returns>
    public bool End(PairComparison pair)
    {
        if (pair.IsAbandoned)
        {
            _surroundings.Load.RemoveAbandoned();
            return false;
        }

        Settle(pair);
        return true;
    }

    /// <summary>Ends a comparison without its comparer, if that has not ended it before.</summary>
    /// <returns>Whether it was ended so.</returns>
    public bool EndWithout(PairComparison pair, Exception cause)
    {
        if (!pair.TryClaimEnd())
            return false;

        Record(pair, Comparing.Findings.Failed(cause));
        pair.IsAbandoned = true;
        _surroundings.Load.AddAbandoned();
        Stopping.Begin(pair.Cancel, $"The comparer of experiment {pair.Compared.Experiment}", _surroundings, _logger);
        Settle(pair);
        return true;
    }

    /// <summary>Those that have not ended.</summary>
    public IReadOnlyList<PairComparison> Running() => [.. _running];

    private void Settle(PairComparison pair)
    {
        _running.Remove(pair);
        DeadlineQueue.Remove(pair);
        _ledger[pair.Compared.Config].Comparisons.End(pair.Ended!.Verdict);
        pair.Compared.Run.Add(pair.Ended);
    }

    // on a thread that others depend on only once comparing has shown that it is quick
    private void CompareElsewhere(PairComparison pair)
    {
        var begunAt = _surroundings.Clock.GetTimestamp();
        if (!_pace.TryEnter())
        {
            _ = _ownThreads.Run(_ => CompareAsync(pair), pair);
            return;
        }

        _ = CompareAsync(pair);
        _pace.Leave(begunAt);
    }

    // on any thread
    private async Task<bool> CompareAsync(PairComparison pair)
    {
        var request = pair.Compared.Run.Request;
        var findings = await request.Compare!.CompareAsync(pair.Reference, pair.Compared.Ended!, request.Input, pair.CancellationToken).ConfigureAwait(false);
        var isEnd = pair.TryClaimEnd();
        if (isEnd)
            Record(pair, findings);
        _ended.Add(pair.Compared);
        _ended.WakeForComparison(isLate: !isEnd);
        return true;
    }

    // on any thread, by whoever has claimed the end: its place among those of all strategies is free from now on
    private void Record(PairComparison pair, Comparing.Findings findings)
    {
        var (compared, reference) = (pair.Compared.Ended!, pair.Reference);
        pair.Ended = new Comparison
        {
            RunId = compared.RunId,
            ReferenceBranchId = reference.BranchId,
            ReferenceConfigId = reference.Config.Id,
            ReferenceDuration = reference.Duration,
            BranchId = compared.BranchId,
            ConfigId = compared.Config.Id,
            Duration = compared.Duration,
            IsNoise = compared.Role == BranchRole.Noise,
            Verdict = findings.Verdict,
            IgnoredBy = findings.IgnoredBy,
            Error = findings.Error is { } error ? BranchError.From(error, Redaction.SecretsOf([reference.Config, compared.Config])) : null,
            Differences = findings.Differences,
            DifferenceCount = findings.DifferenceCount,
        };
        _surroundings.Log.Add(pair.Compared.Run, new BranchCompared(pair.Compared.Identity, pair.Ended));
        _surroundings.Telemetry.Compared(compared, findings.Verdict);
        _surroundings.Load.RemoveShadow();
    }
}
