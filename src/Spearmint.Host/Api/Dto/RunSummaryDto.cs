using Spearmint.Host.Storage;

namespace Spearmint.Host.Api.Dto;

/// <summary>A run from the records, in short.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Strategy">The name of the strategy.</param>
/// <param name="StartedAt">When its first branch started, UTC.</param>
/// <param name="Counts">Its branches by status.</param>
internal sealed record RunSummaryDto(Guid RunId, string Experiment, string Strategy, DateTime StartedAt, CountsDto Counts)
{
    public static RunSummaryDto From(RunSummary run) => new(run.RunId, run.Experiment, run.Strategy, run.StartedAt.UtcDateTime, CountsDto.Of(run));
}
