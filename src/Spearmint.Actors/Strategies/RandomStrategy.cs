using Spearmint.Execution;

namespace Spearmint.Strategies;

/// <summary>Runs one config, each as often as any other. A stable hash of the run id decides, so the same run is decided alike in every process.</summary>
public sealed class RandomStrategy : IStrategy
{
    private readonly OnePlans _plans = new();

    /// <inheritdoc />
    public RunPlan Plan(PlanRequest request) =>
        _plans.For(request.Configs, (int)(StableHash.Share(request.RunId, StableHash.Random) * request.Configs.Count));
}
