using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>
/// Runs the first config, and the next one too whenever there is no answer after a delay or one has failed; answers with the output of the
/// first that succeeds and cancels the others. The hedged requests of J. Dean and L. A. Barroso, The Tail at Scale (2013).
/// </summary>
public sealed class HedgeStrategy : IStrategy
{
    private readonly LastPlan _plan;

    /// <summary>A hedge.</summary>
    /// <param name="delay">
    /// How long each config waits for the one before it; above zero, at most a day. The 95th percentile of the usual duration is a good start.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is not in this range.</exception>
    public HedgeStrategy(TimeSpan delay)
    {
        Checked.Time(delay, nameof(delay));
        _plan = new LastPlan(configs => RunPlan.FirstSuccess(configs, delay));
    }

    /// <inheritdoc />
    public RunPlan Plan(PlanRequest request) => _plan.For(request.Configs);
}
