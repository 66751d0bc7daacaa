namespace Spearmint.Client;

/// <summary>What holds for every run of an experiment.</summary>
public sealed record ExperimentOptions
{
    /// <summary>The defaults.</summary>
    public static ExperimentOptions Default { get; } = new();

    /// <summary>
    /// Whether outputs go into the log events, as JSON. Off by default: outputs may be large, may hold what a log should not, and are
    /// written as JSON before the caller is answered.
    /// </summary>
    public bool RecordOutput { get; init; }
}
