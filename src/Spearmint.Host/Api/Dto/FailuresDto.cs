using Spearmint.Host.Storage;

namespace Spearmint.Host.Api.Dto;

/// <summary>Branches that failed or timed out.</summary>
/// <param name="From">Where the time begins, UTC.</param>
/// <param name="To">Where it ends, itself not included.</param>
/// <param name="Groups">By experiment, config and type of error, the most frequent first.</param>
internal sealed record FailuresDto(DateTime From, DateTime To, IReadOnlyList<FailureDto> Groups);

/// <summary>Branches of one config that failed with one type of exception.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="ConfigId">The id of the config.</param>
/// <param name="ErrorType">The full name of the exception's type; empty where a branch has no error.</param>
/// <param name="Count">How many.</param>
/// <param name="LastAt">The start of the newest, UTC.</param>
/// <param name="LastRunId">Its run.</param>
/// <param name="LastBranchId">Its id.</param>
/// <param name="LastMessage">What it says, secrets blotted out.</param>
internal sealed record FailureDto(
    string Experiment, string ConfigId, string ErrorType, long Count, DateTime LastAt, Guid LastRunId, Guid LastBranchId, string LastMessage)
{
    public static FailureDto From(FailureGroup group) => new(
        group.Experiment, group.ConfigId, group.ErrorType, group.Count, group.LastAt.UtcDateTime, group.LastRunId, group.LastBranchId, group.LastMessage);
}
