using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>Runs all configs at once and answers with a container of their branches; a failure is a branch in it.</summary>
public sealed class MultiBranchStrategy : IStrategy
{
    private ConfigSet? _planned;
    private RunPlan? _plan;

    /// <inheritdoc />
    public RunPlan Plan(PlanRequest request)
    {
        if (_plan is null || !ReferenceEquals(_planned, request.Configs))
        {
            _plan = RunPlan.All(request.Configs);
            _planned = request.Configs;
        }

        return _plan;
    }
}
