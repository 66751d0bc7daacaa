using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>What a strategy may look at when it plans a run.</summary>
/// <param name="RunId">The id of the run.</param>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Configs">The configs of the run: at least one.</param>
/// <param name="Input">The input of the run.</param>
public readonly record struct PlanRequest(Guid RunId, string Experiment, ConfigSet Configs, object? Input);
