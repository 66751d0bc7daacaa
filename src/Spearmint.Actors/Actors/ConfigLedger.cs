using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Counts what becomes of one config under one strategy, and watches how it fares. Touched by one supervisor alone.</summary>
internal sealed class ConfigLedger(string id, TimeProvider clock)
{
    private readonly Tally _skippedBy = new();
    private long _started;
    private long _success;
    private long _failed;
    private long _timedOut;
    private long _cancelled;
    private long _inFlight;
    private long _late;
    private long _abandoned;
    private long _eligible;
    private long _notSampled;
    private long _shadowsStarted;

    public string Id { get; } = id;

    /// <summary>Null until something asks whether the config is quarantined: what nobody would act on is not watched.</summary>
    public Quarantine? Quarantine { get; private set; }

    public ComparisonLedger Comparisons { get; } = new();

    public ConfigAccount Account => new(
        Id,
        new BranchCounts(_started, _success, _failed, _timedOut, _cancelled, _inFlight, _late, _abandoned),
        new ShadowCounts(_eligible, _notSampled, _skippedBy.Snapshot(), _shadowsStarted),
        Comparisons.Counts,
        Quarantine?.IsOn ?? false);

    public Quarantine Watch() => Quarantine ??= new Quarantine(clock);

    public void Start(BranchRole role)
    {
        _started++;
        _inFlight++;
        if (role.IsAwaited())
            return;

        _eligible++;
        _shadowsStarted++;
    }

    public void End(BranchStatus status)
    {
        _inFlight--;
        switch (status)
        {
            case BranchStatus.Success: _success++; break;
            case BranchStatus.Failed: _failed++; break;
            case BranchStatus.TimedOut: _timedOut++; break;
            default: _cancelled++; break;
        }
    }

    public void NotSampled()
    {
        _eligible++;
        _notSampled++;
    }

    public void Skip(string reason)
    {
        _eligible++;
        _skippedBy.Add(reason);
    }

    public void Abandon() => _abandoned++;

    public void ComeBackLate()
    {
        _abandoned--;
        _late++;
    }

    /// <summary>A function that was abandoned is over, and nothing will be heard of it.</summary>
    public void Forget() => _abandoned--;
}
