namespace Spearmint.Strategies;

/// <summary>Runs all configs at once and answers with the output of the first that succeeds; the others are cancelled.</summary>
public sealed class FirstSuccessStrategy : IStrategy
{
    private readonly LastPlan _plan = new(configs => RunPlan.FirstSuccess(configs));

    /// <inheritdoc />
    public RunPlan Plan(PlanRequest request) => _plan.For(request.Configs);
}
