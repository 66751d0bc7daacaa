using Spearmint.Domain;
using Spearmint.Execution;

namespace Spearmint.Strategies;

/// <summary>
/// Runs the config that a key belongs to: the same key has the same config in every process, and each config has as many keys as
/// <see cref="StrategySettings.Weights"/> says. When a weight changes, or a config comes or goes, keys move only to it or from it. A run
/// without a key is decided by its run id.
/// </summary>
/// <remarks>
/// Rendezvous hashing: D. G. Thaler and C. V. Ravishankar, Using Name-Based Mappings to Increase Hit Rates (1998), with weights by the
/// logarithmic method of C. Schindelhauer and G. Schomaker, Weighted Distributed Hash Tables (2005).
/// </remarks>
public sealed class StickyStrategy : IStrategy
{
    private readonly LastWeights<Candidate[]> _candidates = new(Candidates);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">No config has a weight above 0.</exception>
    public RunPlan Plan(PlanRequest request)
    {
        var candidates = _candidates.For(request);
        var best = candidates[0];
        var highest = double.NegativeInfinity;
        foreach (var candidate in candidates)
        {
            var share = request.Key is { } key ? StableHash.Share(key, candidate.Salt) : StableHash.Share(request.RunId, candidate.Salt);
            var score = -candidate.Weight / Math.Log(share);
            if (score <= highest)
                continue;

            highest = score;
            best = candidate;
        }

        return best.Plan;
    }

    private static Candidate[] Candidates(ConfigSet configs, double[] weights) =>
    [
        .. configs.Select((config, place) => new Candidate(weights[place], StableHash.Hash(config.Id, StableHash.Sticky), RunPlan.One(config)))
            .Where(candidate => candidate.Weight > 0),
    ];

    // a salt for each config makes the scores of a key independent of each other, and of what other configs there are
    private sealed record Candidate(double Weight, ulong Salt, RunPlan Plan);
}
