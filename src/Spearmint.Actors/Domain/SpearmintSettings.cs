namespace Spearmint.Domain;

/// <summary>What holds for all strategies of an ActorSystem together, and can be changed while they run. Immutable and always valid.</summary>
public sealed record SpearmintSettings
{
    /// <summary>The defaults.</summary>
    public static SpearmintSettings Default { get; } = new();

    /// <summary>The kill switch: whether the shadows of every strategy are skipped for now.</summary>
    public bool ShadowsPaused { get; init; }

    /// <summary>How many shadows run at once over all strategies, at least 0; 1024 by default.</summary>
    public int MaxConcurrentShadows { get; init => field = Checked.AtLeast(0, value, nameof(MaxConcurrentShadows)); } = 1024;

    /// <summary>
    /// How many functions may go on after their branch was ended without them, comparers after their comparison, at least 1; 256 by default. Above it no shadow starts, and a
    /// strategy whose awaited functions are among them refuses runs with an <see cref="OverloadedException"/>.
    /// </summary>
    public int MaxAbandonedWorkers { get; init => field = Checked.AtLeast(1, value, nameof(MaxAbandonedWorkers)); } = 256;

    /// <summary>How long branches may take to end when the ActorSystem shuts down; above zero, at most 50 s, 10 s by default.</summary>
    public TimeSpan DrainTimeout
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromSeconds(50)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DrainTimeout), value, "DrainTimeout must be above zero and at most 50 s.");
    } = TimeSpan.FromSeconds(10);
}
