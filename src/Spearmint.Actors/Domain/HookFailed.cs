namespace Spearmint.Domain;

/// <summary>A hook of an experiment has thrown, or could not be called. The run went on without it.</summary>
public sealed class HookFailed : ExperimentEvent
{
    internal HookFailed(string experiment, string hook, DateTimeOffset at, BranchError error)
    {
        Experiment = experiment;
        Hook = hook;
        At = at;
        Error = error;
    }

    /// <summary>The name of the experiment.</summary>
    public string Experiment { get; }

    /// <summary>Which hook: a name of <see cref="HookNames"/>.</summary>
    public string Hook { get; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; }

    /// <summary>What it threw, without the secrets of configs; for branches that passed it by, an <see cref="OverloadedException"/>.</summary>
    public BranchError Error { get; }
}
