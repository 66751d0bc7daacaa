namespace Spearmint.Domain;

/// <summary>
/// When a config that fails is quarantined. Failures are branches that threw, timed out, or whose worker died; shadows and configs that a
/// strategy may pass over are watched, and the primary of Shadow never is.
/// </summary>
public sealed record QuarantineSettings
{
    /// <summary>The defaults.</summary>
    public static QuarantineSettings Default { get; } = new();

    /// <summary>No config is ever quarantined.</summary>
    public static QuarantineSettings Off { get; } = new() { IsOn = false };

    /// <summary>Whether configs are watched at all.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>How many failures within <see cref="Window"/> quarantine a config, at least 1; 50 by default.</summary>
    public int FailureLimit { get; init => field = Checked.AtLeast(1, value, nameof(FailureLimit)); } = 50;

    /// <summary>
    /// The share that these failures must be of the branches that ended since the first of them, so that a busy config with few errors is
    /// left alone; 0 to 1, half by default.
    /// </summary>
    public double FailureShare { get; init => field = Checked.Share(value, nameof(FailureShare)); } = 0.5;

    /// <summary>How far back failures count; above zero, at most a day, one minute by default.</summary>
    public TimeSpan Window { get; init => field = Checked.Time(value, nameof(Window)); } = TimeSpan.FromMinutes(1);

    /// <summary>How long before the first probe; above zero, at most a day, 5 s by default. Each failed probe doubles it.</summary>
    public TimeSpan Pause { get; init => field = Checked.Time(value, nameof(Pause)); } = TimeSpan.FromSeconds(5);

    /// <summary>What the pause grows to at most; 5 minutes by default.</summary>
    public TimeSpan LongestPause { get; init => field = Checked.Time(value, nameof(LongestPause)); } = TimeSpan.FromMinutes(5);
}
