using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>Asks for the shadows and the comparisons of one run. Told to the supervisor that ran it, or to the root actor with a <see cref="StrategyName"/>.</summary>
/// <remarks>
/// Answered with <see cref="ShadowsGathered"/> when all shadows of the run have ended and been compared, at once when they have already; or with
/// a <see cref="RunNotFoundException"/>.
/// </remarks>
/// <param name="RunId">The id of the run, from <see cref="ExperimentResult.RunId"/>.</param>
public sealed record GatherShadows(Guid RunId)
{
    /// <summary>The strategy that ran it: needed by the root actor, ignored by a strategy supervisor.</summary>
    public string? StrategyName { get; init; }
}

/// <summary>The shadows of one run, all ended, and what came of comparing its branches.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Shadows">Its shadows, in config order.</param>
/// <param name="Comparisons">Its comparisons, in the order in which they ended; empty where the experiment compares nothing.</param>
public sealed record ShadowsGathered(Guid RunId, BranchContainer Shadows, IReadOnlyList<Comparison> Comparisons);
