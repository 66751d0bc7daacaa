using System.Text.Json;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api.Dto;

/// <summary>The answer to a run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Strategy">The name of the strategy.</param>
/// <param name="Output">The output of the primary; null where the strategy answers with all branches.</param>
/// <param name="Branches">The branches that were awaited, in config order.</param>
internal sealed record RunAnswerDto(Guid RunId, string Experiment, string Strategy, JsonElement? Output, IReadOnlyList<BranchDto> Branches)
{
    public static RunAnswerDto From(IHostedExperiment experiment, ByteRun run) => new(
        run.RunId, experiment.Name, experiment.StrategyName, ApiJson.Element(run.Output), [.. run.Branches.Select(BranchDto.From)]);
}
