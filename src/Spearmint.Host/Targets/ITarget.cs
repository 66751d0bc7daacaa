using Spearmint.Domain;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Targets;

/// <summary>What an experiment in a file runs with each of its configs.</summary>
internal interface ITarget
{
    /// <summary>Runs once. What it throws is the failure of the branch.</summary>
    /// <exception cref="TargetException">It did not do what the file calls a success.</exception>
    Task<object?> RunAsync(ExperimentInput input, BranchContext context);
}
