using System.Collections.Frozen;

namespace Spearmint.Domain;

/// <summary>
/// What can be changed of a strategy, or of the experiment that it belongs to, while it runs. Immutable and always valid: a value that is
/// out of range cannot be set.
/// </summary>
public sealed record StrategySettings
{
    /// <summary>The longest deadline that can be set: one day.</summary>
    public static TimeSpan LongestDeadline { get; } = TimeSpan.FromDays(1);

    /// <summary>The defaults.</summary>
    public static StrategySettings Default { get; } = new();

    /// <summary>How long a caller waits at most: awaited branches end as timed out when their run is so old. Above zero, at most a day; 30 s by default.</summary>
    public TimeSpan Deadline { get; init => field = Checked.Time(value, nameof(Deadline)); } = TimeSpan.FromSeconds(30);

    /// <summary>How long a shadow may run, from its own start; null for as long as <see cref="Deadline"/>.</summary>
    public TimeSpan? ShadowDeadline { get; init => field = Checked.Time(value, nameof(ShadowDeadline)); }

    /// <summary>How many shadows run at once, at least 0; 64 by default.</summary>
    public int MaxConcurrentShadows { get; init => field = Checked.AtLeast(0, value, nameof(MaxConcurrentShadows)); } = 64;

    /// <summary>How many shadows wait for one of those to end, at least 0; 256 by default. A shadow that finds the queue full is skipped.</summary>
    public int ShadowQueueLimit { get; init => field = Checked.AtLeast(0, value, nameof(ShadowQueueLimit)); } = 256;

    /// <summary>How many runs wait for their answer at once, at least 1; null, the default, for any number. A run above it is refused with an <see cref="OverloadedException"/>.</summary>
    public int? MaxConcurrentRuns { get; init => field = value is { } runs ? Checked.AtLeast(1, runs, nameof(MaxConcurrentRuns)) : null; }

    /// <summary>The share of runs that have shadows, 0 to 1; 1 by default. A stable hash of the run id decides, so the same run decides alike everywhere.</summary>
    public double ShadowSampleRate { get; init => field = Checked.Share(value, nameof(ShadowSampleRate)); } = 1;

    /// <summary>Whether shadows are skipped for now.</summary>
    public bool ShadowsPaused { get; init; }

    /// <summary>When a config that fails is kept from doing more harm.</summary>
    public QuarantineSettings Quarantine { get; init => field = value ?? throw new ArgumentNullException(nameof(Quarantine)); } = QuarantineSettings.Default;

    /// <summary>The configs of runs that bring none of their own; null where every run must bring its own.</summary>
    public ConfigSet? Configs { get; init; }

    /// <summary>
    /// The share of runs with shadows in which the primary's config is run once more as a shadow, to see what differs by chance; 0 to 1, 0 by
    /// default. Only for experiments that compare.
    /// </summary>
    public double NoiseRate { get; init => field = Checked.Share(value, nameof(NoiseRate)); }

    /// <summary>Which runs take part in the experiment; all by default. The others run the baseline alone.</summary>
    /// <exception cref="ArgumentException">A key is allowed and denied, or the end is not after the start.</exception>
    public Participation Participation
    {
        get;
        init => field = (value ?? throw new ArgumentNullException(nameof(Participation))).Consistent();
    } = Participation.Everybody;

    /// <summary>
    /// How often <see cref="Strategies.Strategy.Weighted"/> and <see cref="Strategies.Strategy.Sticky"/> choose each config, relative to the
    /// others, by config id. Finite and at least 0; a config that is not named has the weight 1, and an id that is not among the configs waits
    /// for one that has it. A copy is kept.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not in this range.</exception>
    public IReadOnlyDictionary<string, double> Weights
    {
        get;
        init => field = Checked.Weights(value, nameof(Weights));
    } = FrozenDictionary<string, double>.Empty;

    /// <summary>In which order the shadows of a run start, which matters when limits make some of them wait; the order of the configs by default.</summary>
    public ShadowOrder ShadowOrder { get; init => field = Checked.Defined(value, nameof(ShadowOrder)); }

    /// <summary>Which of the random orders <see cref="ShadowOrder.Random"/> means: a run has one for each seed. 0 by default.</summary>
    public long ShadowOrderSeed { get; init; }

    /// <summary>Where a migration stands; used by <see cref="Strategies.Strategy.Migration"/> alone.</summary>
    public MigrationStage MigrationStage { get; init => field = Checked.Defined(value, nameof(MigrationStage)); }

    /// <summary>When a migration goes back a stage by itself; null, the default, for never.</summary>
    public MigrationGuard? MigrationGuard { get; init; }
}
