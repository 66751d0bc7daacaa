using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>Keeps the plan it made last: the configs of an experiment are the same set on every run, and so is the plan.</summary>
internal sealed class LastPlan(Func<ConfigSet, RunPlan> make)
{
    private ConfigSet? _configs;
    private RunPlan? _plan;

    public RunPlan For(ConfigSet configs)
    {
        if (_plan is null || !ReferenceEquals(_configs, configs))
        {
            _plan = make(configs);
            _configs = configs;
        }

        return _plan;
    }
}
