using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;

namespace Spearmint.Domain;

/// <summary>
/// What a store has kept of one branch, to make its events again: for a reader of the store, and for
/// <see cref="Client.SpearmintClient.ReplayAsync"/>.
/// </summary>
public sealed class StoredBranch
{
    private readonly Lazy<BranchIdentity> _identity;

    /// <summary>A branch, to be filled with what the store has.</summary>
    public StoredBranch() => _identity = new Lazy<BranchIdentity>(Identify);

    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The branch.</summary>
    public required Guid BranchId { get; init; }

    /// <summary>The name of the experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>The name of the strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary>The config, as far as the store has it: its secrets are gone.</summary>
    public required Config Config { get; init; }

    /// <summary>Primary, shadow, candidate or noise.</summary>
    public required BranchRole Role { get; init; }

    /// <summary>Wall-clock start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The version of the strategy's settings that the run was planned with.</summary>
    public long SettingsVersion { get; init; }

    /// <summary>The W3C trace id, 32 hex digits; null where there is none.</summary>
    public string? TraceId { get; init; }

    /// <summary>The run and the branch whose function asked for this run; null where none did.</summary>
    public (Guid RunId, Guid BranchId)? Parent { get; init; }

    /// <summary>What the experiment says of the run.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The input of the run, where it was recorded.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>The event of its start.</summary>
    /// <param name="sequence">The place in the log.</param>
    public BranchStarted Started(long sequence) => new(_identity.Value) { Sequence = sequence };

    /// <summary>The event of its end.</summary>
    /// <param name="sequence">The place in the log.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="duration">How long the function took.</param>
    /// <param name="error">What went wrong.</param>
    /// <param name="skipReason">Why it was skipped.</param>
    /// <param name="metrics">What the function reported of itself.</param>
    /// <param name="output">The output, where it was recorded.</param>
    /// <exception cref="ArgumentException">The status is pending.</exception>
    public BranchFinished Finished(
        long sequence, BranchStatus status, TimeSpan duration, BranchError? error = null, string? skipReason = null,
        IReadOnlyDictionary<string, double>? metrics = null, JsonElement? output = null) => status == BranchStatus.Pending
        ? throw new ArgumentException("A pending branch has not finished.", nameof(status))
        : new BranchFinished(_identity.Value, status, duration, error, skipReason, metrics ?? BranchMetrics.None, output) { Sequence = sequence };

    /// <summary>The event of a function that ended after its branch.</summary>
    /// <param name="sequence">The place in the log.</param>
    /// <param name="status">How the function ended.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="error">What it threw.</param>
    /// <param name="metrics">What it reported of itself.</param>
    public BranchLate Late(
        long sequence, BranchStatus status, TimeSpan duration, BranchError? error = null, IReadOnlyDictionary<string, double>? metrics = null) =>
        new(_identity.Value, status, duration, error, metrics ?? BranchMetrics.None) { Sequence = sequence };

    /// <summary>The event of its comparison.</summary>
    /// <param name="sequence">The place in the log.</param>
    /// <param name="comparison">What came of it.</param>
    public BranchCompared Compared(long sequence, Comparison comparison) => new(_identity.Value, comparison) { Sequence = sequence };

    private BranchIdentity Identify() => new(
        RunId, BranchId, Experiment, Strategy, Config, Role, StartedAt.ToUniversalTime(), SettingsVersion,
        TraceId is { } trace ? ActivityTraceId.CreateFromString(trace) : default)
    {
        Parent = Parent is { } parent ? new ParentBranch(parent.RunId, parent.BranchId) : null,
        Context = Context,
        Input = Input,
    };
}
