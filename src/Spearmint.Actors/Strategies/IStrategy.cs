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

    /// <summary>
    /// Plans a run that takes no part in the experiment: what would run if there were none. By default the first config alone, whichever
    /// shape the caller expects. It is asked in the place of <see cref="Plan"/>, so a rotation stays where it is.
    /// </summary>
    /// <param name="request">The run; it has at least one config, and no two with the same id.</param>
    RunPlan Baseline(PlanRequest request) => RunPlan.One(request.Configs[0]);
}
