namespace Spearmint.Domain;

/// <summary>A migration has gone back a stage by itself, since too many reads differed between the stores.</summary>
public sealed class MigrationSteppedBack : ExperimentEvent
{
    internal MigrationSteppedBack(string strategy, MigrationStage from, MigrationStage to, int mismatches, int window, DateTimeOffset at)
    {
        Strategy = strategy;
        From = from;
        To = to;
        Mismatches = mismatches;
        Window = window;
        At = at;
    }

    /// <summary>The name that the strategy is registered under: that of the migration.</summary>
    public string Strategy { get; }

    /// <summary>The stage before.</summary>
    public MigrationStage From { get; }

    /// <summary>The stage since then.</summary>
    public MigrationStage To { get; }

    /// <summary>How many of the latest comparisons were mismatches.</summary>
    public int Mismatches { get; }

    /// <summary>How many comparisons were looked at.</summary>
    public int Window { get; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; }
}
