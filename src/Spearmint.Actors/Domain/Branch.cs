namespace Spearmint.Domain;

/// <summary>
/// One execution of the function with one config in one run. Immutable: ending a pending branch gives a new one, ending a final branch
/// is an <see cref="InvalidOperationException"/>.
/// </summary>
public class Branch
{
    private readonly BranchIdentity _identity;

    private Branch(
        BranchIdentity identity, BranchStatus status, TimeSpan duration, object? output, Exception? exception, BranchError? error, string? skipReason,
        IReadOnlyDictionary<string, double>? metrics = null)
    {
        _identity = identity;
        Status = status;
        Duration = duration;
        Output = output;
        Exception = exception;
        Error = error;
        SkipReason = skipReason;
        Metrics = metrics ?? BranchMetrics.None;
    }

    private protected Branch(Branch other)
        : this(other._identity, other.Status, other.Duration, other.Output, other.Exception, other.Error, other.SkipReason, other.Metrics)
    {
    }

    /// <summary>The run that the branch belongs to.</summary>
    public Guid RunId => _identity.RunId;

    /// <summary>Unique for ever, and ordered by time (a version 7 UUID, RFC 9562).</summary>
    public Guid BranchId => _identity.BranchId;

    /// <summary>The name of the experiment.</summary>
    public string Experiment => _identity.Experiment;

    /// <summary>The name of the strategy that planned the branch.</summary>
    public string Strategy => _identity.Strategy;

    /// <summary>The config that the function was given.</summary>
    public Config Config => _identity.Config;

    /// <summary>Primary, shadow or candidate.</summary>
    public BranchRole Role => _identity.Role;

    /// <summary>Where the branch is in its life.</summary>
    public BranchStatus Status { get; }

    /// <summary>Wall-clock start, UTC.</summary>
    public DateTimeOffset StartedAt => _identity.StartedAt;

    /// <summary>How long the function took, by a monotonic clock; zero while pending.</summary>
    public TimeSpan Duration { get; }

    /// <summary>What the function returned, by reference; null unless <see cref="Status"/> is <see cref="BranchStatus.Success"/>.</summary>
    public object? Output { get; }

    /// <summary>What the function threw, as it was thrown. In memory only: records carry <see cref="Error"/>.</summary>
    public Exception? Exception { get; }

    /// <summary>The exception as data, with the config's secrets blotted out.</summary>
    public BranchError? Error { get; }

    /// <summary>Why the branch was skipped.</summary>
    public string? SkipReason { get; }

    /// <summary>What the function reported of itself with <see cref="BranchContext.Report"/>, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; }

    /// <summary>The version of the strategy's settings that the run was planned with; 0 for a branch that was made by hand.</summary>
    public long SettingsVersion => _identity.SettingsVersion;

    /// <summary>The W3C trace id of the caller's trace, 32 hex digits; null when the caller had none.</summary>
    public string? TraceId => _identity.TraceId;

    /// <summary>The run whose function asked for this one; null for a run that no function asked for.</summary>
    public Guid? ParentRunId => _identity.Parent?.RunId;

    /// <summary>The branch whose function asked for this run; null for a run that no function asked for.</summary>
    public Guid? ParentBranchId => _identity.Parent?.BranchId;

    /// <summary>What the experiment says of the run, without secrets; empty where it says nothing.</summary>
    public IReadOnlyDictionary<string, string> Context => _identity.Context;

    /// <summary>Whether the branch has ended, one way or another.</summary>
    public bool IsFinal => Status != BranchStatus.Pending;

    internal BranchIdentity Identity => _identity;

    /// <summary>A pending branch with a new id.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="experiment">The name of the experiment.</param>
    /// <param name="strategy">The name of the strategy.</param>
    /// <param name="config">The config.</param>
    /// <param name="role">What the branch is to the run.</param>
    /// <param name="startedAt">Wall-clock start.</param>
    public static Branch Start(Guid runId, string experiment, string strategy, Config config, BranchRole role, DateTimeOffset startedAt) =>
        Start(new BranchIdentity(runId, Identifiers.Next(startedAt), experiment, strategy, config, role, startedAt.ToUniversalTime()));

    /// <summary>The branch, ended with an output.</summary>
    /// <exception cref="InvalidOperationException">The branch is final.</exception>
    public Branch Succeed(object? output, TimeSpan duration) => End(BranchStatus.Success, duration, output: output);

    /// <summary>The branch, ended with an exception.</summary>
    /// <exception cref="InvalidOperationException">The branch is final.</exception>
    public Branch Fail(Exception exception, TimeSpan duration) => End(BranchStatus.Failed, duration, exception: exception);

    /// <summary>The branch, ended by its deadline.</summary>
    /// <exception cref="InvalidOperationException">The branch is final.</exception>
    public Branch TimeOut(Exception exception, TimeSpan duration) => End(BranchStatus.TimedOut, duration, exception: exception);

    /// <summary>The branch, cancelled.</summary>
    /// <exception cref="InvalidOperationException">The branch is final.</exception>
    public Branch Cancel(Exception exception, TimeSpan duration) => End(BranchStatus.Cancelled, duration, exception: exception);

    /// <summary>The branch, not run.</summary>
    /// <exception cref="InvalidOperationException">The branch is final.</exception>
    public Branch Skip(string reason) => End(BranchStatus.Skipped, TimeSpan.Zero, skipReason: reason);

    /// <inheritdoc />
    public override string ToString() => $"{Experiment}/{Config.Id} {Role} {Status}";

    internal static Branch Start(BranchIdentity identity) => new(identity, BranchStatus.Pending, TimeSpan.Zero, null, null, null, null);

    internal static Branch Ended(
        BranchIdentity identity, BranchStatus status, TimeSpan duration, object? output, Exception? exception,
        IReadOnlyDictionary<string, double> metrics) =>
        new(identity, status, duration, output, exception,
            exception is null ? null : BranchError.From(exception, identity.Config.SecretValues), skipReason: null, metrics);

    internal static Branch Skipped(BranchIdentity identity, string reason) =>
        new(identity, BranchStatus.Skipped, TimeSpan.Zero, null, null, null, reason);

    private Branch End(BranchStatus status, TimeSpan duration, object? output = null, Exception? exception = null, string? skipReason = null)
    {
        if (IsFinal)
            throw new InvalidOperationException($"Branch {BranchId} is already finalized as {Status}; it cannot become {status}.");

        var error = exception is null ? null : BranchError.From(exception, Config.SecretValues);
        return new Branch(_identity, status, duration, output, exception, error, skipReason);
    }
}
