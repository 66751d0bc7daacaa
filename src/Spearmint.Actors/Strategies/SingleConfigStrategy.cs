namespace Spearmint.Strategies;

/// <summary>Runs always the same config and answers with its output: an experiment that is switched to one variant.</summary>
/// <param name="configId">The id of the config, or null for the first.</param>
public sealed class SingleConfigStrategy(string? configId = null) : IStrategy
{
    /// <inheritdoc />
    /// <exception cref="ArgumentException">No config has this id.</exception>
    public RunPlan Plan(PlanRequest request) => RunPlan.One(request.Configs[Choose.ById(request.Configs, configId, "chosen")]);
}
