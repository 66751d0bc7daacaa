using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>Answers with the primary's output and runs all other configs as shadows beside it.</summary>
/// <param name="primaryConfigId">The id of the primary's config, or null for the first config.</param>
public sealed class ShadowStrategy(string? primaryConfigId = null) : IStrategy
{
    private ConfigSet? _planned;
    private RunPlan? _plan;

    /// <inheritdoc />
    /// <exception cref="ArgumentException">No config has the primary's id.</exception>
    public RunPlan Plan(PlanRequest request)
    {
        // the configs of an experiment are the same set on every run, and so is the plan
        if (_plan is null || !ReferenceEquals(_planned, request.Configs))
        {
            _plan = RunPlan.PrimaryWithShadows(request.Configs, Choose.ById(request.Configs, primaryConfigId, "primary"));
            _planned = request.Configs;
        }

        return _plan;
    }
}
