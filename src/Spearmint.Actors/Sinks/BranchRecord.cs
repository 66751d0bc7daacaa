using System.Text.Json;
using Spearmint.Domain;

namespace Spearmint.Sinks;

/// <summary>All that the log says of one branch: its start and, once it has ended, its end.</summary>
/// <param name="Started">The start; null when the sink was added in the middle of the branch.</param>
/// <param name="Finished">The end; null while the branch is pending.</param>
public sealed record BranchRecord(BranchStarted? Started, BranchFinished? Finished)
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

    /// <summary>Primary, shadow or candidate.</summary>
    public BranchRole Role => Any.Role;

    /// <summary>Wall-clock start, UTC.</summary>
    public DateTimeOffset StartedAt => Any.StartedAt;

    /// <summary>Where the branch is in its life.</summary>
    public BranchStatus Status => Finished?.Status ?? BranchStatus.Pending;

    /// <summary>How long the function took; null while the branch is pending.</summary>
    public TimeSpan? Duration => Finished?.Duration;

    /// <summary>What went wrong, where something did.</summary>
    public BranchError? Error => Finished?.Error;

    /// <summary>Why the branch was skipped, where it was.</summary>
    public string? SkipReason => Finished?.SkipReason;

    /// <summary>The output as JSON, where the experiment records outputs.</summary>
    public JsonElement? Output => Finished?.Output;
}
