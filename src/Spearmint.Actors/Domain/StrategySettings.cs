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
}
