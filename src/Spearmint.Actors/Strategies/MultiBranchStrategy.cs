namespace Spearmint.Strategies;

/// <summary>Runs all configs at once and answers with a container of their branches; a failure is a branch in it.</summary>
public sealed class MultiBranchStrategy : IStrategy
{
    private readonly LastPlan _plan = new(RunPlan.All);

    /// <inheritdoc />
    public RunPlan Plan(PlanRequest request) => _plan.For(request.Configs);
}
