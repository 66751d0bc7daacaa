using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>Asks for the shadows of one run. Told to the supervisor that ran it, or to the root actor with a <see cref="StrategyName"/>.</summary>
/// <remarks>
/// Answered with <see cref="ShadowsGathered"/> when all shadows of the run have ended, at once when they have already; or with a
/// <see cref="RunNotFoundException"/>.
/// </remarks>
/// <param name="RunId">The id of the run, from <see cref="ExperimentResult.RunId"/>.</param>
public sealed record GatherShadows(Guid RunId)
{
    /// <summary>The strategy that ran it: needed by the root actor, ignored by a strategy supervisor.</summary>
    public string? StrategyName { get; init; }
}

/// <summary>The shadows of one run, all ended.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Shadows">Its shadows, in config order.</param>
public sealed record ShadowsGathered(Guid RunId, BranchContainer Shadows);
