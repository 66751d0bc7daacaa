using System.Text.Json;

namespace Spearmint.Domain;

/// <summary>Something that happened to a branch, as the log keeps it.</summary>
public abstract class BranchEvent : ExperimentEvent
{
    private readonly BranchIdentity _identity;

    private protected BranchEvent(BranchIdentity identity) => _identity = identity;

    /// <summary>The run.</summary>
    public Guid RunId => _identity.RunId;

    /// <summary>The branch.</summary>
    public Guid BranchId => _identity.BranchId;

    /// <summary>The name of the experiment.</summary>
    public string Experiment => _identity.Experiment;

    /// <summary>The name of the strategy.</summary>
    public string Strategy => _identity.Strategy;

    /// <summary>The id of the config.</summary>
    public string ConfigId => _identity.Config.Id;

    /// <summary>The values of the config, secrets blotted out.</summary>
    public JsonElement ConfigValues => _identity.Config.RedactedValues;

    /// <summary>Primary, shadow, candidate or noise.</summary>
    public BranchRole Role => _identity.Role;

    /// <summary>Wall-clock start of the branch, UTC.</summary>
    public DateTimeOffset StartedAt => _identity.StartedAt;

    /// <summary>The version of the strategy's settings that the run was planned with.</summary>
    public long SettingsVersion => _identity.SettingsVersion;

    /// <summary>The W3C trace id of the caller's trace, 32 hex digits; null when the caller had none.</summary>
    public string? TraceId => _identity.TraceId;

    /// <summary>The run whose function asked for this one; null for a run that no function asked for.</summary>
    public Guid? ParentRunId => _identity.Parent?.RunId;

    /// <summary>The branch whose function asked for this run; null for a run that no function asked for.</summary>
    public Guid? ParentBranchId => _identity.Parent?.BranchId;

    /// <summary>What the experiment says of the run, without secrets; empty where it says nothing.</summary>
    public IReadOnlyDictionary<string, string> Context => _identity.Context;

    /// <summary>The input of the run as JSON without secrets, where the experiment records inputs.</summary>
    public JsonElement? Input => (JsonElement?)_identity.Input;
}

/// <summary>A worker has begun a branch.</summary>
public sealed class BranchStarted : BranchEvent
{
    /// <summary>The event of a pending branch.</summary>
    /// <param name="branch">The branch.</param>
    public BranchStarted(Branch branch)
        : this(branch.Identity)
    {
    }

    internal BranchStarted(BranchIdentity identity)
        : base(identity)
    {
    }
}

/// <summary>
/// A branch has ended. There is exactly one for every <see cref="BranchStarted"/>, and it comes later; a branch that was skipped has this
/// event alone.
/// </summary>
public sealed class BranchFinished : BranchEvent
{
    // boxed: most events have none
    private readonly object? _output;

    /// <summary>The event of a final branch.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="output">Its output as JSON, where the experiment records outputs.</param>
    /// <exception cref="ArgumentException">The branch is pending.</exception>
    public BranchFinished(Branch branch, JsonElement? output = null)
        : base(branch.Identity)
    {
        if (!branch.IsFinal)
            throw new ArgumentException("A pending branch has not finished.", nameof(branch));

        Status = branch.Status;
        Duration = branch.Duration;
        Error = branch.Error;
        SkipReason = branch.SkipReason;
        Metrics = branch.Metrics;
        _output = output;
    }

    internal BranchFinished(
        BranchIdentity identity, BranchStatus status, TimeSpan duration, BranchError? error, string? skipReason,
        IReadOnlyDictionary<string, double> metrics, JsonElement? output)
        : base(identity)
    {
        Status = status;
        Duration = duration;
        Error = error;
        SkipReason = skipReason;
        Metrics = metrics;
        _output = output;
    }

    /// <summary>How the branch ended.</summary>
    public BranchStatus Status { get; }

    /// <summary>How long the function took, by a monotonic clock.</summary>
    public TimeSpan Duration { get; }

    /// <summary>What went wrong, where something did.</summary>
    public BranchError? Error { get; }

    /// <summary>Why the branch was skipped, where it was.</summary>
    public string? SkipReason { get; }

    /// <summary>What the function reported of itself, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; }

    /// <summary>The output as JSON without secrets, where the experiment records outputs and the branch has one.</summary>
    public JsonElement? Output => (JsonElement?)_output;
}

/// <summary>
/// A function has ended after its branch: the deadline, the caller or another answer had ended the branch before. It changes nothing for
/// the branch, and there is at most one for each.
/// </summary>
public sealed class BranchLate : BranchEvent
{
    internal BranchLate(BranchIdentity identity, BranchOutcome outcome, IReadOnlyDictionary<string, double> metrics)
        : this(
            identity, outcome.Status, outcome.Duration,
            outcome.Exception is { } exception ? BranchError.From(exception, identity.Config.SecretValues) : null, metrics)
    {
    }

    internal BranchLate(
        BranchIdentity identity, BranchStatus status, TimeSpan duration, BranchError? error, IReadOnlyDictionary<string, double> metrics)
        : base(identity)
    {
        Status = status;
        Duration = duration;
        Error = error;
        Metrics = metrics;
    }

    /// <summary>How the function ended: success, failed, or cancelled when it heeded its token.</summary>
    public BranchStatus Status { get; }

    /// <summary>How long the function really took, by a monotonic clock.</summary>
    public TimeSpan Duration { get; }

    /// <summary>What it threw.</summary>
    public BranchError? Error { get; }

    /// <summary>What the function reported of itself, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; }
}

/// <summary>
/// A branch has been compared with the one that it is measured by. It comes after the <see cref="BranchFinished"/> of both, and there is at
/// most one for each branch.
/// </summary>
public sealed class BranchCompared : BranchEvent
{
    /// <summary>The event of a branch that was compared.</summary>
    /// <param name="branch">The compared branch.</param>
    /// <param name="comparison">What came of it.</param>
    /// <exception cref="ArgumentException">The comparison is that of another branch.</exception>
    public BranchCompared(Branch branch, Comparison comparison)
        : this(branch.Identity, comparison)
    {
        if (comparison.BranchId != branch.BranchId)
            throw new ArgumentException($"The comparison is that of branch {comparison.BranchId}, not of {branch.BranchId}.", nameof(comparison));
    }

    internal BranchCompared(BranchIdentity identity, Comparison comparison)
        : base(identity) => Comparison = comparison;

    /// <summary>What came of it.</summary>
    public Comparison Comparison { get; }
}
