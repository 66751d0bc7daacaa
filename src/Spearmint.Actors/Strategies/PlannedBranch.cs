using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>One branch that a plan asks for.</summary>
/// <param name="Config">The config to run.</param>
/// <param name="Role">What the branch is to the run: all but shadows are awaited.</param>
public readonly record struct PlannedBranch(Config Config, BranchRole Role);
