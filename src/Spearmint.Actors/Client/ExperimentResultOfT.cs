using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Client;

/// <summary>The answer to a run, typed.</summary>
/// <typeparam name="TOutput">The type of the function's output.</typeparam>
public sealed class ExperimentResult<TOutput>
{
    internal ExperimentResult(ExperimentResult result)
    {
        RunId = result.RunId;
        Answer = result.Answer;
        SettingsVersion = result.SettingsVersion;
        Output = result.Output is TOutput output ? output : default;
        Branches = result.Branches.As<TOutput>();
    }

    /// <summary>The id of the run.</summary>
    public Guid RunId { get; }

    /// <summary>Whether there is one <see cref="Output"/>, or all branches are the answer.</summary>
    public AnswerShape Answer { get; }

    /// <summary>The version of the settings that the run was planned with.</summary>
    public long SettingsVersion { get; }

    /// <summary>The output of the primary; the default of <typeparamref name="TOutput"/> where the strategy answers with all branches.</summary>
    public TOutput? Output { get; }

    /// <summary>The branches that were awaited, in config order.</summary>
    public BranchContainer<TOutput> Branches { get; }
}
