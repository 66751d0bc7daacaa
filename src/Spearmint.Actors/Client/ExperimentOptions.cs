using Spearmint.Comparing;
using Spearmint.Domain;

namespace Spearmint.Client;

/// <summary>What holds for every run of an experiment.</summary>
public record ExperimentOptions
{
    /// <summary>The defaults.</summary>
    public static ExperimentOptions Default { get; } = new();

    /// <summary>
    /// Whether outputs go into the log events, as JSON. Off by default: outputs may be large, may hold what a log should not, and are
    /// written as JSON before the caller is answered. An output of more than 64 KiB of JSON is not recorded.
    /// </summary>
    public bool RecordOutput { get; init; }

    /// <summary>
    /// Whether inputs go into the log events, as JSON. Off by default, as outputs are: an input is written before the run begins. One of more than
    /// 64 KiB of JSON is not recorded.
    /// </summary>
    public bool RecordInput { get; init; }

    /// <summary>
    /// Makes the input of each branch from that of the run, for inputs that functions might change: gets the run's input, gives a copy. It
    /// runs with the function, and what it throws is the branch's failure. Null to pass the same object to every branch.
    /// </summary>
    public Func<object?, object?>? CloneInput { get; init; }

    /// <summary>Deadlines, limits and what else can be changed while the experiment runs.</summary>
    public StrategySettings Settings { get; init; } = StrategySettings.Default;

    /// <summary>
    /// Compares each shadow with the primary, and each branch of an answer that has all of them with the reference, after the caller has been
    /// answered. The values that differ are in the log events. Null, the default, to compare nothing.
    /// </summary>
    public ComparisonRules? Compare { get; init; }

    /// <summary>
    /// For tests: whether a run waits for its comparisons and throws a <see cref="MismatchException"/> when one of them is a mismatch.
    /// </summary>
    public bool ThrowOnMismatch { get; init; }

    /// <summary>Is told the name of a hook that threw, and what it threw. What this throws itself is in the log alone.</summary>
    public Action<string, Exception>? OnHookError { get; init; }
}
