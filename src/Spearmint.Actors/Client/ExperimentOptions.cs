using Spearmint.Domain;

namespace Spearmint.Client;

/// <summary>What holds for every run of an experiment.</summary>
public sealed record ExperimentOptions
{
    /// <summary>The defaults.</summary>
    public static ExperimentOptions Default { get; } = new();

    /// <summary>
    /// Whether outputs go into the log events, as JSON. Off by default: outputs may be large, may hold what a log should not, and are
    /// written as JSON before the caller is answered. An output of more than 64 KiB of JSON is not recorded.
    /// </summary>
    public bool RecordOutput { get; init; }

    /// <summary>
    /// Makes the input of each branch from that of the run, for inputs that functions might change: gets the run's input, gives a copy. It
    /// runs with the function, and what it throws is the branch's failure. Null to pass the same object to every branch.
    /// </summary>
    public Func<object?, object?>? CloneInput { get; init; }

    /// <summary>Deadlines, limits and what else can be changed while the experiment runs.</summary>
    public StrategySettings Settings { get; init; } = StrategySettings.Default;
}
