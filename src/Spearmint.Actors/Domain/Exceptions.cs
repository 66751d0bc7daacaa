namespace Spearmint.Domain;

/// <summary>A name that nothing is registered under.</summary>
public sealed class UnknownNameException : ArgumentException
{
    /// <summary>Names what was looked for and what there is.</summary>
    /// <param name="kind">What kind of thing the name stands for, such as "strategy".</param>
    /// <param name="name">The name.</param>
    /// <param name="known">The names that are registered.</param>
    public UnknownNameException(string kind, string name, IEnumerable<string> known)
        : base($"There is no {kind} named '{name}'. Known: {List(known)}.")
    {
        Name = name;
        Known = [.. known];
    }

    /// <summary>The name that was asked for.</summary>
    public string Name { get; }

    /// <summary>The names that are registered.</summary>
    public IReadOnlyList<string> Known { get; }

    private static string List(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";
}

/// <summary>A name that is registered already.</summary>
/// <param name="kind">What kind of thing the name stands for, such as "strategy".</param>
/// <param name="name">The name.</param>
public sealed class NameTakenException(string kind, string name)
    : ArgumentException($"A {kind} named '{name}' is registered already; choose another name.")
{
    /// <summary>The name that is taken.</summary>
    public string Name { get; } = name;
}

/// <summary>The values of a config do not fit the type that they are bound to.</summary>
/// <param name="message">What does not fit.</param>
/// <param name="inner">Why.</param>
public sealed class ConfigBindingException(string message, Exception inner) : InvalidOperationException(message, inner);

/// <summary>A strategy made a plan that cannot be carried out.</summary>
/// <param name="strategy">The strategy's name.</param>
/// <param name="reason">What is wrong with the plan.</param>
public sealed class InvalidPlanException(string strategy, string reason)
    : InvalidOperationException($"Strategy '{strategy}' made a plan that cannot be run: {reason}.");

/// <summary>The strategy answers in another shape than the caller asked for.</summary>
/// <param name="message">Which shape it is and which call fits.</param>
public sealed class AnswerShapeException(string message) : InvalidOperationException(message);

/// <summary>The actor that ran a branch died, so the outcome of the function is unknown.</summary>
/// <param name="experiment">The experiment's name.</param>
/// <param name="configId">The config's id.</param>
public sealed class BranchWorkerDiedException(string experiment, string configId)
    : Exception($"The worker that ran config '{configId}' of experiment '{experiment}' died before the function ended.");

/// <summary>The run was refused, or a branch cut short, because Spearmint is shutting down.</summary>
/// <param name="message">What was refused or cut short.</param>
public sealed class ShuttingDownException(string message) : InvalidOperationException(message);

/// <summary>The run is not known: it never had shadows here, or it ended too long ago to be remembered.</summary>
/// <param name="runId">The run's id.</param>
/// <param name="remembered">How many ended runs are remembered.</param>
public sealed class RunNotFoundException(Guid runId, int remembered)
    : KeyNotFoundException($"No shadows of run {runId} are known here. Runs in progress and the last {remembered} ended runs with shadows are remembered.");

/// <summary>A branch that a caller waited for did not end within its deadline.</summary>
/// <param name="experiment">The experiment's name.</param>
/// <param name="configId">The config's id.</param>
/// <param name="deadline">The deadline.</param>
public sealed class BranchTimedOutException(string experiment, string configId, TimeSpan deadline)
    : TimeoutException($"Config '{configId}' of experiment '{experiment}' did not end within its deadline of {deadline.TotalSeconds:0.###} s.")
{
    /// <summary>The name of the experiment.</summary>
    public string Experiment { get; } = experiment;

    /// <summary>The id of the config.</summary>
    public string ConfigId { get; } = configId;

    /// <summary>The deadline.</summary>
    public TimeSpan Deadline { get; } = deadline;
}

/// <summary>Spearmint did not answer within the bound of a call, which is longer than any deadline: it is stuck, or it has ended.</summary>
/// <param name="call">What was asked.</param>
/// <param name="bound">The bound.</param>
public sealed class UnansweredException(string call, TimeSpan bound)
    : TimeoutException($"{call} was not answered within {bound.TotalSeconds:0.###} s: its strategy is stuck, or the ActorSystem has ended.");

/// <summary>The run was refused because too much is in progress. It may succeed later.</summary>
/// <param name="message">What was refused and which limit refused it.</param>
public sealed class OverloadedException(string message) : InvalidOperationException(message);
