namespace Spearmint.Domain;

/// <summary>Why a shadow was skipped: what <see cref="Branch.SkipReason"/> says.</summary>
public static class SkipReasons
{
    /// <summary>The shadows of the strategy, or all shadows, are paused.</summary>
    public const string Paused = "paused";

    /// <summary>As many shadows run and wait as the strategy allows.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>As many shadows run as all strategies together are allowed.</summary>
    public const string ProcessLimit = "process_limit";

    /// <summary>Too many functions go on although their branch has ended.</summary>
    public const string Abandoned = "abandoned_workers";

    /// <summary>The config is quarantined.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>Spearmint is shutting down.</summary>
    public const string ShuttingDown = "shutting_down";
}
