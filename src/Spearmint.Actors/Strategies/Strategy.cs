namespace Spearmint.Strategies;

/// <summary>A named way to make a strategy. Whoever runs with it makes an instance of their own, with a state of its own.</summary>
/// <param name="Name">The name that branches, events and errors show.</param>
/// <param name="Create">Makes a fresh instance.</param>
public sealed record Strategy(string Name, Func<IStrategy> Create)
{
    /// <summary>Rotates over the configs, one per run.</summary>
    public static Strategy RoundRobin { get; } = new("round_robin", () => new RoundRobinStrategy());

    /// <summary>Runs all configs at once and answers with all branches.</summary>
    public static Strategy MultiBranch { get; } = new("multi_branch", () => new MultiBranchStrategy());

    /// <summary>Answers with the primary and runs the other configs as shadows.</summary>
    /// <param name="primaryConfigId">The id of the primary's config, or null for the first.</param>
    public static Strategy Shadow(string? primaryConfigId = null) => new("shadow", () => new ShadowStrategy(primaryConfigId));

    /// <summary>Runs always the same config.</summary>
    /// <param name="configId">The id of the config, or null for the first.</param>
    public static Strategy SingleConfig(string? configId = null) => new("single_config", () => new SingleConfigStrategy(configId));
}
