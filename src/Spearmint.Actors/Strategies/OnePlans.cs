using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>Keeps the plans that run one config each: the configs of an experiment are the same set on every run.</summary>
internal sealed class OnePlans
{
    private ConfigSet _configs = ConfigSet.Empty;
    private RunPlan?[] _plans = [];

    /// <summary>The plan that runs the config at a place.</summary>
    public RunPlan For(ConfigSet configs, int place)
    {
        if (!ReferenceEquals(_configs, configs))
        {
            _plans = new RunPlan?[configs.Count];
            _configs = configs;
        }

        return _plans[place] ??= RunPlan.One(configs[place]);
    }
}
