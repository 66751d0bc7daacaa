namespace Spearmint.Strategies;

/// <summary>Answers with the primary's output and runs all other configs as shadows beside it.</summary>
/// <param name="primaryConfigId">The id of the primary's config, or null for the first config.</param>
public sealed class ShadowStrategy(string? primaryConfigId = null) : IStrategy
{
    private readonly LastPlan _plan = new(configs => RunPlan.PrimaryWithShadows(configs, Choose.ById(configs, primaryConfigId, "primary")));

    /// <inheritdoc />
    /// <exception cref="ArgumentException">No config has the primary's id.</exception>
    public RunPlan Plan(PlanRequest request) => _plan.For(request.Configs);
}
