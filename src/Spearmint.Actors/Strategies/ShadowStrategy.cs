using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>Answers with the primary's output and runs all other configs as shadows beside it.</summary>
/// <param name="primaryConfigId">The id of the primary's config, or null for the first config.</param>
public sealed class ShadowStrategy(string? primaryConfigId = null) : IStrategy
{
    private readonly LastPlan _plan = new(configs => RunPlan.PrimaryWithShadows(configs, Primary(configs, primaryConfigId)));
    private readonly LastPlan _baseline = new(configs => RunPlan.PrimaryWithShadows(new([configs[Primary(configs, primaryConfigId)]]), primary: 0));

    /// <inheritdoc />
    /// <exception cref="ArgumentException">No config has the primary's id.</exception>
    public RunPlan Plan(PlanRequest request) => _plan.For(request.Configs);

    /// <summary>Plans the primary without shadows.</summary>
    /// <inheritdoc />
    /// <exception cref="ArgumentException">No config has the primary's id.</exception>
    public RunPlan Baseline(PlanRequest request) => _baseline.For(request.Configs);

    private static int Primary(ConfigSet configs, string? id) => Choose.ById(configs, id, "primary");
}
