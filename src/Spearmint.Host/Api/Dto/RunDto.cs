using Spearmint.Host.Storage;
using Spearmint.Sinks;

namespace Spearmint.Host.Api.Dto;

/// <summary>A run from the records, with its branches.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Strategy">The name of the strategy.</param>
/// <param name="StartedAt">When its first branch started, UTC.</param>
/// <param name="Counts">Its branches by status.</param>
/// <param name="Branches">All that are kept, in the order of their start, pending ones and shadows too.</param>
internal sealed record RunDto(Guid RunId, string Experiment, string Strategy, DateTime StartedAt, CountsDto Counts, IReadOnlyList<BranchDto> Branches)
{
    /// <param name="branches">The records of one run, in the order of their start, at least one.</param>
    public static RunDto From(IReadOnlyList<BranchRecord> branches)
    {
        var summary = RunSummaryDto.From(RunSummary.Of(branches));
        return new RunDto(
            summary.RunId, summary.Experiment, summary.Strategy, summary.StartedAt, summary.Counts,
            [.. branches.Select(branch => BranchDto.From(branch, withStack: true))]);
    }
}
