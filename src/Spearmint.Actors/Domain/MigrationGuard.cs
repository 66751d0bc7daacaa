namespace Spearmint.Domain;

/// <summary>When a migration goes back a stage by itself: when too many of the latest reads differ between the stores.</summary>
public sealed record MigrationGuard
{
    /// <summary>The share of mismatches above which the stage goes back, 0 to 1.</summary>
    public required double MaxMismatchRate { get; init => field = Checked.Share(value, nameof(MaxMismatchRate)); }

    /// <summary>The widest window that can be set.</summary>
    public static int WidestWindow => 100_000;

    /// <summary>How many of the latest comparisons are looked at, and how many there must be: 1 to 100 000, 100 by default.</summary>
    public int Window
    {
        get;
        init => field = Checked.AtLeast(1, value, nameof(Window)) <= WidestWindow
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Window), value, $"{nameof(Window)} must be at most {WidestWindow}.");
    } = 100;
}
