namespace Spearmint.Strategies;

/// <summary>Rotates over the configs, one per run. The place in the rotation advances when a config is chosen, whatever becomes of the run.</summary>
public sealed class RoundRobinStrategy : IStrategy
{
    private int _next;

    /// <inheritdoc />
    public RunPlan Plan(PlanRequest request)
    {
        // the list may be shorter than it was the last time
        var chosen = _next % request.Configs.Count;
        _next = (chosen + 1) % request.Configs.Count;
        return RunPlan.One(request.Configs[chosen]);
    }
}
