using System.Text.Json;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api.Dto;

/// <summary>An experiment that can be run.</summary>
internal sealed record ExperimentDto(string Name, string Description, string Strategy, IReadOnlyList<ConfigDto> Configs)
{
    public static ExperimentDto From(IHostedExperiment experiment) => new(
        experiment.Name, experiment.Description, experiment.StrategyName,
        [.. experiment.Configs.Select(config => new ConfigDto(config.Id, config.RedactedValues))]);
}

/// <summary>One of its configs.</summary>
/// <param name="ConfigId">The id.</param>
/// <param name="Values">The values, secrets blotted out.</param>
internal sealed record ConfigDto(string ConfigId, JsonElement Values);
