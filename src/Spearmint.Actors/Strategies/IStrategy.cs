namespace Spearmint.Strategies;

/// <summary>
/// Decides, per run, which configs run, which of them the caller waits for, and the shape of the answer. Plain code with state of its own:
/// one actor owns each instance and calls it for one run at a time, so it needs no locks.
/// </summary>
public interface IStrategy
{
    /// <summary>Plans one run. Whatever it throws is the answer of the run.</summary>
    /// <param name="request">The run; it has at least one config, and no two with the same id.</param>
    RunPlan Plan(PlanRequest request);
}
