namespace Spearmint.Strategies;

/// <summary>Runs all configs at once and answers with a container of their branches; a failure is a branch in it.</summary>
public sealed class MultiBranchStrategy : IStrategy
{
    private readonly LastPlan _plan = new(RunPlan.All);
    private readonly LastPlan _baseline = new(configs => RunPlan.All(new([configs[0]])));

    /// <inheritdoc />
    public RunPlan Plan(PlanRequest request) => _plan.For(request.Configs);

    /// <summary>Plans the first config alone, in a container as well.</summary>
    /// <inheritdoc />
    public RunPlan Baseline(PlanRequest request) => _baseline.For(request.Configs);
}
