using Spearmint.Sinks;

namespace Spearmint.Host.Api.Dto;

/// <summary>A run from the records, in short.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Strategy">The name of the strategy.</param>
/// <param name="StartedAt">When its first branch started, UTC.</param>
/// <param name="Counts">Its branches by status.</param>
internal sealed record RunSummaryDto(Guid RunId, string Experiment, string Strategy, DateTime StartedAt, CountsDto Counts)
{
    /// <param name="branches">The records of one run, at least one.</param>
    public static RunSummaryDto From(IReadOnlyList<BranchRecord> branches) => new(
        branches[0].RunId, branches[0].Experiment, branches[0].Strategy, branches.Min(branch => branch.StartedAt).UtcDateTime, CountsDto.Of(branches));
}
