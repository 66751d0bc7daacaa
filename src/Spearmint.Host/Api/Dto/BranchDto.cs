using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Api.Dto;

/// <summary>A branch, in an answer or from the records.</summary>
/// <param name="RunId">The run.</param>
/// <param name="BranchId">The branch.</param>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Strategy">The name of the strategy.</param>
/// <param name="ConfigId">The id of the config.</param>
/// <param name="Config">The values of the config, secrets blotted out.</param>
/// <param name="Role">Primary, shadow, candidate or noise.</param>
/// <param name="Status">Where the branch is in its life.</param>
/// <param name="StartedAt">Wall-clock start, UTC.</param>
/// <param name="DurationMs">How long the function took, in milliseconds; null while pending.</param>
/// <param name="Output">What the function returned.</param>
/// <param name="Error">What it threw.</param>
/// <param name="SkipReason">Why it was not run.</param>
/// <param name="Metrics">What the function reported of itself, by name; empty while pending.</param>
/// <param name="SettingsVersion">The version of the settings that the run was planned with.</param>
/// <param name="TraceId">The W3C trace id of the request, or of what else called.</param>
/// <param name="ParentRunId">The run whose function asked for this one.</param>
/// <param name="ParentBranchId">The branch whose function asked for this run.</param>
/// <param name="Context">What the experiment says of the run, by name.</param>
/// <param name="Comparison">What came of comparing it, in the records alone; null where it was not compared, or has not been yet.</param>
internal sealed record BranchDto(
    Guid RunId, Guid BranchId, string Experiment, string Strategy, string ConfigId, JsonElement Config, BranchRole Role, BranchStatus Status,
    DateTime StartedAt, double? DurationMs, JsonElement? Output, ErrorDto? Error, string? SkipReason,
    IReadOnlyDictionary<string, double> Metrics, long SettingsVersion, string? TraceId, Guid? ParentRunId, Guid? ParentBranchId,
    IReadOnlyDictionary<string, string> Context, ComparisonDto? Comparison)
{
    public static BranchDto From(Branch branch) => new(
        branch.RunId, branch.BranchId, branch.Experiment, branch.Strategy, branch.Config.Id, branch.Config.RedactedValues, branch.Role, branch.Status,
        branch.StartedAt.UtcDateTime, branch.IsFinal ? Milliseconds(branch.Duration) : null, ApiJson.Element(branch.Output),
        ErrorDto.From(branch.Error, withStack: false), branch.SkipReason, branch.Metrics, branch.SettingsVersion, branch.TraceId,
        branch.ParentRunId, branch.ParentBranchId, branch.Context, Comparison: null);

    public static BranchDto From(BranchRecord record, bool withStack = false) => new(
        record.RunId, record.BranchId, record.Experiment, record.Strategy, record.ConfigId, record.ConfigValues, record.Role, record.Status,
        record.StartedAt.UtcDateTime, record.Duration is { } duration ? Milliseconds(duration) : null, record.Output,
        ErrorDto.From(record.Error, withStack), record.SkipReason, record.Metrics, record.SettingsVersion, record.TraceId,
        record.ParentRunId, record.ParentBranchId, record.Context, ComparisonDto.From(record.Comparison));

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);
}
