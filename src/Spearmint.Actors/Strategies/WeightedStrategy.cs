using Spearmint.Domain;
using Spearmint.Execution;

namespace Spearmint.Strategies;

/// <summary>
/// Runs one config, each as often as <see cref="StrategySettings.Weights"/> says. A stable hash of the run id decides, so the same run is
/// decided alike in every process.
/// </summary>
public sealed class WeightedStrategy : IStrategy
{
    private readonly OnePlans _plans = new();
    private readonly LastWeights<Weights> _weights = new((_, weights) => Weights.Of(weights, nameof(StrategySettings.Weights)));

    /// <inheritdoc />
    /// <exception cref="ArgumentException">No config has a weight above 0, or their sum is not finite.</exception>
    public RunPlan Plan(PlanRequest request) =>
        _plans.For(request.Configs, _weights.For(request).Place(StableHash.Share(request.RunId, StableHash.Weighted)));
}
