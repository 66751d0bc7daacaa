using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

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

    public void Answer()
    {
        InFlight--;
        _answered++;
    }

    public StrategyAccount Account(string name, long settingsVersion, int queuedShadows)
    {
        var configs = Configs.Select(config => config.Account).Where(config => config.Branches.Started + config.Shadows.Eligible > 0).ToList();

        return new StrategyAccount(
            name, settingsVersion, _offered, _answered, _rejectedBy.Snapshot(), InFlight, queuedShadows, configs);
    }
}
