using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>A named way to make a strategy. Whoever runs with it makes an instance of their own, with a state of its own.</summary>
/// <param name="Name">The name that branches, events and errors show.</param>
/// <param name="Create">Makes a fresh instance.</param>
public sealed record Strategy(string Name, Func<IStrategy> Create)
{
    /// <summary>Rotates over the configs, one per run; those in quarantine are passed over.</summary>
    public static Strategy RoundRobin { get; } = new("round_robin", () => new RoundRobinStrategy());

    /// <summary>Rotates over the configs, one per run; those in quarantine keep their turn.</summary>
    public static Strategy StrictRoundRobin { get; } = new("strict_round_robin", () => new RoundRobinStrategy(keepsQuarantined: true));

    /// <summary>Runs all configs at once and answers with all branches.</summary>
    public static Strategy MultiBranch { get; } = new("multi_branch", () => new MultiBranchStrategy());

    /// <summary>Runs all configs at once and answers with the first success.</summary>
    public static Strategy FirstSuccess { get; } = new("first_success", () => new FirstSuccessStrategy());

    /// <summary>Answers with the primary and runs the other configs as shadows.</summary>
    /// <param name="primaryConfigId">The id of the primary's config, or null for the first.</param>
    public static Strategy Shadow(string? primaryConfigId = null) => new("shadow", () => new ShadowStrategy(primaryConfigId));

    /// <summary>Runs always the same config.</summary>
    /// <param name="configId">The id of the config, or null for the first.</param>
    public static Strategy SingleConfig(string? configId = null) => new("single_config", () => new SingleConfigStrategy(configId));

    /// <summary>Answers with the first success, and starts one config after the other while there is none.</summary>
    /// <param name="delay">How long each config waits for the one before it; above zero, at most a day.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is not in this range.</exception>
    public static Strategy Hedge(TimeSpan delay)
    {
        Checked.Time(delay, nameof(delay));
        return new("hedge", () => new HedgeStrategy(delay));
    }

    /// <summary>Leaves a share of the runs to a strategy.</summary>
    /// <param name="rate">The share of runs in the sample, 0 to 1.</param>
    /// <param name="inner">Plans the runs in the sample.</param>
    /// <param name="otherwise">Plans all others; null for the first config alone, also where another is the primary of <paramref name="inner"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a share.</exception>
    public static Strategy Sampled(double rate, Strategy inner, Strategy? otherwise = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Checked.Share(rate, nameof(rate));
        var others = otherwise ?? SingleConfig();
        return new("sampled", () => new SampledStrategy(rate, inner.Create(), others.Create()));
    }

    /// <summary>Leaves each run to one of several strategies, each as often as its weight says.</summary>
    /// <param name="choices">At least one. A weight is finite and at least 0, and counts relative to their sum, which is above 0.</param>
    /// <exception cref="ArgumentException">There is no choice, or a weight or their sum is out of range.</exception>
    public static Strategy Pick(params (double Weight, Strategy Strategy)[] choices)
    {
        Weights.Of(choices);
        var own = choices.ToArray();
        return new("pick", () => new PickStrategy([.. own.Select(choice => (choice.Weight, choice.Strategy.Create()))]));
    }

    /// <summary>Runs one config, chosen at random in proportion to <see cref="StrategySettings.Weights"/>.</summary>
    public static Strategy Weighted { get; } = new("weighted", () => new WeightedStrategy());

    /// <summary>Runs one config, chosen at random with the same chance for each.</summary>
    public static Strategy Random { get; } = new("random", () => new RandomStrategy());

    /// <summary>Runs one config, chosen by the key of the run in proportion to <see cref="StrategySettings.Weights"/>: the same key, the same config.</summary>
    public static Strategy Sticky { get; } = new("sticky", () => new StickyStrategy());

    /// <summary>Runs one config, chosen by a function.</summary>
    /// <param name="choose">Gives the id of the config. It must not wait for anything: the strategy's other runs wait for it.</param>
    public static Strategy Allocate(Func<PlanRequest, string> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        return new("allocate", () => new AllocateStrategy(choose));
    }

    /// <summary>
    /// Reads from and writes to two stores, the first config and then the second, as <see cref="StrategySettings.MigrationStage"/> says.
    /// An input that is an <see cref="IMigrationWrite"/> is a write.
    /// </summary>
    public static Strategy Migration { get; } = new("migration", () => new MigrationStrategy());
}
