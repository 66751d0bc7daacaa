using System.Collections.Frozen;
using System.Diagnostics;

namespace Spearmint.Domain;

/// <summary>What is known of a branch when it starts: shared by the branch, its context and its log events.</summary>
internal sealed class BranchIdentity(
    Guid runId, Guid branchId, string experiment, string strategy, Config config, BranchRole role, DateTimeOffset startedAt,
    long settingsVersion = 0, ActivityTraceId traceId = default)
{
    public Guid RunId { get; } = runId;

    public Guid BranchId { get; } = branchId;

    public string Experiment { get; } = experiment;

    public string Strategy { get; } = strategy;

    public Config Config { get; } = config;

    public BranchRole Role { get; } = role;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public long SettingsVersion { get; } = settingsVersion;

    public string? TraceId => traceId == default ? null : traceId.ToHexString();

    /// <summary>The branch whose function asked for the run.</summary>
    public ParentBranch? Parent { get; init; }

    /// <summary>What the experiment says of the run, without secrets.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The input of the run as JSON without secrets, boxed: most runs record none.</summary>
    public object? Input { get; init; }
}
