using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Host.Experiments;

/// <summary>Leaves each run to the strategy of the version of the file that it is run by.</summary>
internal sealed class FileStrategy : IStrategy
{
    public RunPlan Plan(PlanRequest request)
    {
        var input = Input(request);
        var plan = input.Experiment.Strategy.Plan(input.Experiment.Fit(request));
        return input.Request is { MayRunTwice: false } && plan.Branches.Length > 1 ? First(plan) : plan;
    }

    public RunPlan Baseline(PlanRequest request)
    {
        var input = Input(request);
        return input.Experiment.Strategy.Baseline(input.Experiment.Fit(request));
    }

    // the primary, or where several could answer, the one that would be asked first
    private static RunPlan First(RunPlan plan)
    {
        var first = plan.Branches.FirstOrDefault(branch => branch.Role == BranchRole.Primary, plan.Branches[0]);
        return RunPlan.One(first.Config);
    }

    private static ExperimentInput Input(in PlanRequest request) => request.Input as ExperimentInput
        ?? throw new InvalidOperationException($"Experiment '{request.Experiment}' is in a file and runs by the API of this service alone.");
}
