using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Actors;

/// <summary>Counts what becomes of the runs of one strategy. Touched by one supervisor alone.</summary>
internal sealed class StrategyLedger(TimeProvider clock)
{
    // runs may bring configs of their own, and a process lives long
    private const int MaxConfigs = 1024;

    private readonly Dictionary<string, ConfigLedger> _configs = new(StringComparer.Ordinal);
    private readonly Tally _rejectedBy = new();
    private readonly ConfigLedger _others = new("(other)", clock);
    private long _offered;
    private long _answered;
    private long _notTakingPart;
    private long _forced;

    public long InFlight { get; private set; }

    public ConfigLedger this[Config config]
    {
        get
        {
            if (_configs.TryGetValue(config.Id, out var ledger))
                return ledger;
            if (_configs.Count == MaxConfigs)
                return _others;

            _configs.Add(config.Id, ledger = new ConfigLedger(config.Id, clock));
            return ledger;
        }
    }

    public IEnumerable<ConfigLedger> Configs => _configs.Values.Append(_others);

    public void Offer() => _offered++;

    public void Reject(string reason) => _rejectedBy.Add(reason);

    public void Accept() => InFlight++;

    public void Attend(Attendance attendance)
    {
        if (attendance == Attendance.StaysOut)
            _notTakingPart++;
        else if (attendance == Attendance.Forced)
            _forced++;
    }

    public void Answer()
    {
        InFlight--;
        _answered++;
    }

    public StrategyAccount Account(string name, long settingsVersion, int queuedShadows)
    {
        var configs = Configs.Select(config => config.Account).Where(config => config.Branches.Started + config.Shadows.Eligible > 0).ToList();

        return new StrategyAccount(
            name, settingsVersion, _offered, _answered, _rejectedBy.Snapshot(), InFlight, queuedShadows, configs)
        {
            NotTakingPart = _notTakingPart,
            Forced = _forced,
        };
    }
}
