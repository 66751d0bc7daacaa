using System.Collections.Immutable;
using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Protocol;

/// <summary>The answer to <see cref="RunExperiment"/>.</summary>
public sealed class ExperimentResult
{
    internal ExperimentResult(Guid runId, Branch primary, BranchContainer? branches = null)
    {
        RunId = runId;
        SettingsVersion = primary.SettingsVersion;
        Output = primary.Output;
        Branches = branches ?? new BranchContainer(ImmutableArray.Create(primary));
    }

    internal ExperimentResult(Guid runId, long settingsVersion, BranchContainer branches)
    {
        RunId = runId;
        Answer = AnswerShape.Container;
        SettingsVersion = settingsVersion;
        Output = branches;
        Branches = branches;
    }

    /// <summary>The id of the run.</summary>
    public Guid RunId { get; }

    /// <summary>Whether <see cref="Output"/> is the output of one branch or the container of all.</summary>
    public AnswerShape Answer { get; }

    /// <summary>The version of the settings that the run was planned with.</summary>
    public long SettingsVersion { get; }

    /// <summary>The direct result: the output of the primary, or the <see cref="BranchContainer"/> of a strategy that answers with all branches.</summary>
    public object? Output { get; }

    /// <summary>The branches that were awaited, in config order.</summary>
    public BranchContainer Branches { get; }
}
