using Spearmint.Domain;
using Spearmint.Execution;

namespace Spearmint.Strategies;

/// <summary>
/// Leaves a share of the runs to one strategy and all others to another. A stable hash of the run id decides: the same run is decided alike
/// in every process, and a run that is in the sample is in any larger one.
/// </summary>
public sealed class SampledStrategy : IChoosingStrategy
{
    private readonly double _rate;
    private readonly IStrategy _inner;
    private readonly IStrategy _otherwise;
    private readonly ulong _salt;

    /// <summary>A strategy in a sample rate.</summary>
    /// <param name="rate">The share of runs in the sample, 0 to 1.</param>
    /// <param name="inner">Plans the runs in the sample.</param>
    /// <param name="otherwise">Plans all others.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a share.</exception>
    public SampledStrategy(double rate, IStrategy inner, IStrategy otherwise)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(otherwise);
        _rate = Checked.Share(rate, nameof(rate));
        _inner = inner;
        _otherwise = otherwise;
        _salt = Salts.Above([inner, otherwise]);
    }

    /// <inheritdoc />
    public RunPlan Plan(PlanRequest request) => (StableHash.Share(request.RunId, _salt) < _rate ? _inner : _otherwise).Plan(request);

    /// <summary>Plans as the strategy of the sample does for a run that takes no part.</summary>
    /// <inheritdoc />
    public RunPlan Baseline(PlanRequest request) => _inner.Baseline(request);

    ulong IChoosingStrategy.Salt => _salt;
}
