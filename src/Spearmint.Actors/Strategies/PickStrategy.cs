using Spearmint.Execution;

namespace Spearmint.Strategies;

/// <summary>
/// Leaves each run to one of several strategies, each as often as its weight says. A stable hash of the run id decides, so the same run is
/// decided alike in every process.
/// </summary>
public sealed class PickStrategy : IChoosingStrategy
{
    private readonly Weights _weights;
    private readonly IStrategy[] _strategies;
    private readonly ulong _salt;

    /// <summary>A pick between strategies.</summary>
    /// <param name="choices">At least one. A weight is finite and at least 0, and counts relative to their sum, which is above 0.</param>
    /// <exception cref="ArgumentException">There is no choice, or a weight or their sum is out of range.</exception>
    public PickStrategy(params (double Weight, IStrategy Strategy)[] choices)
    {
        _weights = Weights.Of(choices);
        _strategies = [.. choices.Select(choice => choice.Strategy)];
        _salt = Salts.Above(_strategies);
    }

    /// <inheritdoc />
    public RunPlan Plan(PlanRequest request) => _strategies[_weights.Place(StableHash.Share(request.RunId, _salt))].Plan(request);

    /// <summary>Plans as the first strategy does for a run that takes no part: the same for all of them.</summary>
    /// <inheritdoc />
    public RunPlan Baseline(PlanRequest request) => _strategies[0].Baseline(request);

    ulong IChoosingStrategy.Salt => _salt;
}
