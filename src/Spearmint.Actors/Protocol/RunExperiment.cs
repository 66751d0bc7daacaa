using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Strategies;

namespace Spearmint.Protocol;

/// <summary>
/// Runs a function once per config that the strategy chooses. Told to a strategy supervisor, or to the root actor with a
/// <see cref="StrategyName"/>.
/// </summary>
/// <remarks>
/// Answered with an <see cref="ExperimentResult"/>, or with a <c>Status.Failure</c> that makes <c>Ask</c> throw: what the primary's function
/// threw, as it was thrown; an <see cref="ArgumentException"/> for configs that are missing or wrong and for an unknown strategy
/// (<see cref="UnknownNameException"/>); whatever a strategy threw; <see cref="AnswerShapeException"/>;
/// <see cref="BranchTimedOutException"/>; an <see cref="OperationCanceledException"/> with the caller's token;
/// <see cref="OverloadedException"/>; <see cref="BranchWorkerDiedException"/>; <see cref="ShuttingDownException"/>.
/// </remarks>
public sealed class RunExperiment
{
    /// <summary>A run of a function that was made before.</summary>
    /// <param name="function">The function.</param>
    /// <param name="configs">The configs, each id once.</param>
    /// <param name="input">The input, passed to every branch as it is.</param>
    /// <exception cref="ArgumentException">Two configs have the same id.</exception>
    public RunExperiment(ExperimentFunction function, IEnumerable<Config> configs, object? input = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(configs);
        Function = function;
        Configs = ConfigSet.From(configs);
        Input = input;
    }

    /// <summary>A run with configs of its own, or with those of the strategy's settings.</summary>
    internal RunExperiment(ExperimentFunction function, ConfigSet? configs, object? input)
    {
        Function = function;
        Configs = configs ?? ConfigSet.Empty;
        TakesConfigsOfSettings = configs is null;
        Input = input;
    }

    /// <summary>A run of a function of the input, the config and the token.</summary>
    /// <param name="function">The function.</param>
    /// <param name="configs">The configs, each id once.</param>
    /// <param name="input">The input, passed to every branch as it is.</param>
    /// <exception cref="ArgumentException">Two configs have the same id.</exception>
    public RunExperiment(Func<object?, Config, CancellationToken, Task<object?>> function, IEnumerable<Config> configs, object? input = null)
        : this(ExperimentFunction.From(function), configs, input)
    {
    }

    /// <summary>The function under test.</summary>
    public ExperimentFunction Function { get; }

    /// <summary>The configs to choose from.</summary>
    public ConfigSet Configs { get; }

    /// <summary>The input of the run.</summary>
    public object? Input { get; }

    /// <summary>The id of the run, for a caller that wants to know it also when the run fails; unique for ever. Null to have one made.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The name that branches and events carry.</summary>
    public string ExperimentName { get; init; } = "unnamed";

    /// <summary>The strategy to run with: needed by the root actor, ignored by a strategy supervisor.</summary>
    public string? StrategyName { get; init; }

    /// <summary>
    /// Cancels the awaited branches. Shadows do not see it. A run without one that is made inside the function of another has that branch's.
    /// </summary>
    public CancellationToken CancellationToken { get; init => field = BranchContext.OrOwn(value); } = BranchContext.OrOwn(default);

    /// <summary>How long the caller waits at most, in the place of the strategy's deadline; above zero, at most a day.</summary>
    public TimeSpan? Deadline { get; init => field = Checked.Time(value, nameof(Deadline)); }

    /// <summary>How long each shadow may run, in the place of the strategy's; null for as long as the run's own deadline, where it has one.</summary>
    public TimeSpan? ShadowDeadline { get; init => field = Checked.Time(value, nameof(ShadowDeadline)); }

    /// <summary>Makes the input of each branch from that of the run, for inputs that functions might change; null to pass it as it is.</summary>
    public Func<object?, object?>? CloneInput { get; init; }

    /// <summary>Compares each shadow with the primary, or each branch with the reference, after the answer; null to compare nothing.</summary>
    public ComparisonRules? Compare { get; init; }

    /// <summary>Whom the run is for, such as a user id: decides who takes part, and which config is theirs. Null when it is for nobody in particular.</summary>
    public string? Key { get; init; }

    /// <summary>The config to run, whatever the strategy would choose; null to leave it to the strategy.</summary>
    public string? ForcedConfigId { get; init; }

    /// <summary>Whether the run may take part in the experiment; a run that may not runs the baseline alone.</summary>
    public bool MayTakePart { get; init; } = true;

    /// <summary>What is recorded with every branch of the run, by name; null for nothing.</summary>
    /// <remarks>At most 32 values of 1024 characters; what is more is cut, and values whose names look like secrets are blotted out, and so are the secrets of the run's configs.</remarks>
    public IReadOnlyDictionary<string, string>? Context { get; init => field = value is null ? null : RunContext.From(value, secrets: []); }

    /// <summary>A sink that gets the events of this run alone, beside the registered ones.</summary>
    public IBranchSink? Sink { get; init; }

    /// <summary>Whether the outputs go into the log events, as JSON that is written before the run is answered.</summary>
    public bool RecordOutput { get; init; }

    /// <summary>Whether the input goes into the log events, as JSON that is written when this is set.</summary>
    public bool RecordInput { get; init => RecordedInput = (field = value) ? Recorded.Input(Input) : null; }

    /// <summary>The shape of answer that the caller can use, or null for any. A strategy that answers in another is refused before anything runs.</summary>
    public AnswerShape? ExpectedAnswer { get; init; }

    /// <summary>The input as a <see cref="JsonElement"/>, boxed: most runs record none.</summary>
    internal object? RecordedInput { get; private init; }

    /// <summary>Whether the run takes its configs from the settings of its strategy.</summary>
    internal bool TakesConfigsOfSettings { get; }

    /// <summary>The branch whose function asks for the run; null where no function does.</summary>
    internal OuterBranch? Parent { get; } = BranchContext.Current?.AsOuter();

    /// <summary>Gets all branches when they have ended or were skipped; null where nobody wants them.</summary>
    internal IBranchHook? AfterBranch { get; init; }

    /// <summary>Gets the awaited branches as they end, and is completed when the run is answered.</summary>
    internal ChannelWriter<Branch>? Stream { get; init; }

    /// <summary>Gets the answer in the place of the sender.</summary>
    internal RunPromise? Promise { get; set; }

    /// <summary>What the caller was doing when it asked.</summary>
    internal Activity? Caller { get; } = Activity.Current;

    /// <summary>The same run, answered to a promise of its own: a message may be sent more than once.</summary>
    internal RunExperiment WithPromise()
    {
        var copy = (RunExperiment)MemberwiseClone();
        copy.Promise = new RunPromise(ExperimentName);
        return copy;
    }
}
