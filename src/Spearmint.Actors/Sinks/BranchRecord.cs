using System.Text.Json;
using Spearmint.Domain;

namespace Spearmint.Sinks;

/// <summary>All that the log says of one branch: its start, once it has ended its end, and what its function did after that.</summary>
/// <param name="Started">The start; null for a skipped branch, and when the sink was added in the middle of the branch.</param>
/// <param name="Finished">The end; null while the branch is pending.</param>
/// <param name="Late">How the function ended after its branch; null where it did not, or has not yet.</param>
/// <param name="Compared">What came of comparing it with the branch that it is measured by; null where it was not, or has not been yet.</param>
public sealed record BranchRecord(BranchStarted? Started, BranchFinished? Finished, BranchLate? Late = null, BranchCompared? Compared = null)
{
    private BranchEvent Any => (BranchEvent?)Started ?? Finished!;

    /// <summary>The run.</summary>
    public Guid RunId => Any.RunId;

    /// <summary>The branch.</summary>
    public Guid BranchId => Any.BranchId;

    /// <summary>The name of the experiment.</summary>
    public string Experiment => Any.Experiment;

    /// <summary>The name of the strategy.</summary>
    public string Strategy => Any.Strategy;

    /// <summary>The id of the config.</summary>
    public string ConfigId => Any.ConfigId;

    /// <summary>The values of the config, secrets blotted out.</summary>
    public JsonElement ConfigValues => Any.ConfigValues;

    /// <summary>Primary, shadow, candidate or noise.</summary>
    public BranchRole Role => Any.Role;

    /// <summary>Wall-clock start, UTC.</summary>
    public DateTimeOffset StartedAt => Any.StartedAt;

    /// <summary>The version of the strategy's settings that the run was planned with.</summary>
    public long SettingsVersion => Any.SettingsVersion;

    /// <summary>The W3C trace id of the caller's trace, 32 hex digits; null when the caller had none.</summary>
    public string? TraceId => Any.TraceId;

    /// <summary>The run whose function asked for this one; null for a run that no function asked for.</summary>
    public Guid? ParentRunId => Any.ParentRunId;

    /// <summary>The branch whose function asked for this run; null for a run that no function asked for.</summary>
    public Guid? ParentBranchId => Any.ParentBranchId;

    /// <summary>What the experiment says of the run, without secrets; empty where it says nothing.</summary>
    public IReadOnlyDictionary<string, string> Context => Any.Context;

    /// <summary>What came of comparing the branch with the one that it is measured by; null where it was not compared, or has not been yet.</summary>
    public Comparison? Comparison => Compared?.Comparison;

    /// <summary>Where the branch is in its life.</summary>
    public BranchStatus Status => Finished?.Status ?? BranchStatus.Pending;

    /// <summary>How long the function took; null while the branch is pending.</summary>
    public TimeSpan? Duration => Finished?.Duration;

    /// <summary>What went wrong, where something did.</summary>
    public BranchError? Error => Finished?.Error;

    /// <summary>Why the branch was skipped, where it was.</summary>
    public string? SkipReason => Finished?.SkipReason;

    /// <summary>What the function had reported of itself when the branch ended, by name; empty while it is pending.</summary>
    public IReadOnlyDictionary<string, double> Metrics => Finished?.Metrics ?? BranchMetrics.None;

    /// <summary>The input of the run as JSON, where the experiment records inputs.</summary>
    public JsonElement? Input => Any.Input;

    /// <summary>The output as JSON, where the experiment records outputs.</summary>
    public JsonElement? Output => Finished?.Output;
}
