using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Client;

/// <summary>
/// A function with its configs and its strategy, called like the function itself. Made once, by <see cref="SpearmintClient"/> or by
/// <c>WithSpearmint</c>, and used from any thread.
/// </summary>
/// <typeparam name="TInput">The type of the input.</typeparam>
/// <typeparam name="TOutput">The type of the output.</typeparam>
public class Experiment<TInput, TOutput>
{
    private readonly ExperimentFunction _function;
    private readonly ExperimentOptions _options;
    private readonly Strategy _strategy;
    private readonly Task<IActorRef> _supervisor;

    internal Experiment(
        SpearmintClient client, string name, ExperimentFunction function, IEnumerable<Config>? configs, Strategy strategy, ExperimentOptions? options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(strategy);
        Name = name;
        Configs = ConfigSet.From(configs ?? []);
        _function = function;
        _options = options ?? ExperimentOptions.Default;
        _strategy = strategy;
        _supervisor = client.RegisterAsync(name, strategy);
    }

    private protected Experiment(Experiment<TInput, TOutput> other)
    {
        Name = other.Name;
        Configs = other.Configs;
        _function = other._function;
        _options = other._options;
        _strategy = other._strategy;
        _supervisor = other._supervisor;
    }

    /// <summary>The name, which branches and events carry. The experiment's strategy is registered under it too.</summary>
    public string Name { get; }

    /// <summary>The configs of every run that brings none of its own.</summary>
    public ConfigSet Configs { get; }

    /// <summary>The name of the strategy.</summary>
    public string StrategyName => _strategy.Name;

    /// <summary>Runs the function as the strategy says and gives the primary's output.</summary>
    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Cancels the awaited branches and the wait for them.</param>
    /// <exception cref="AnswerShapeException">The strategy answers with all branches; nothing has run.</exception>
    /// <exception cref="ArgumentException">There are no configs.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>Any other exception is what the function threw, as it was thrown.</remarks>
    public Task<TOutput> RunAsync(TInput input, CancellationToken cancellationToken = default) =>
        RunAsync(input, RunOptions.Default, cancellationToken);

    /// <inheritdoc cref="RunAsync(TInput, CancellationToken)" />
    /// <param name="input">The input.</param>
    /// <param name="options">What this run does differently.</param>
    /// <param name="cancellationToken">Cancels the awaited branches and the wait for them.</param>
    public async Task<TOutput> RunAsync(TInput input, RunOptions options, CancellationToken cancellationToken = default) =>
        (TOutput)(await (await _supervisor).Ask<ExperimentResult>(Request(input, options, AnswerShape.Output, cancellationToken), cancellationToken)).Output!;

    /// <summary>Runs the function as the strategy says and gives all branches, failed ones too.</summary>
    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Cancels the branches and the wait for them.</param>
    /// <exception cref="AnswerShapeException">The strategy answers with one output; nothing has run.</exception>
    /// <exception cref="ArgumentException">There are no configs.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<BranchContainer<TOutput>> RunAllAsync(TInput input, CancellationToken cancellationToken = default) =>
        RunAllAsync(input, RunOptions.Default, cancellationToken);

    /// <inheritdoc cref="RunAllAsync(TInput, CancellationToken)" />
    /// <param name="input">The input.</param>
    /// <param name="options">What this run does differently.</param>
    /// <param name="cancellationToken">Cancels the branches and the wait for them.</param>
    public async Task<BranchContainer<TOutput>> RunAllAsync(TInput input, RunOptions options, CancellationToken cancellationToken = default) =>
        (await (await _supervisor).Ask<ExperimentResult>(Request(input, options, AnswerShape.Container, cancellationToken), cancellationToken))
        .Branches.As<TOutput>();

    /// <summary>Runs the function as the strategy says, whatever the shape of its answer, and gives output, awaited branches and run id.</summary>
    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Cancels the awaited branches and the wait for them.</param>
    /// <exception cref="ArgumentException">There are no configs.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>Any other exception is what the function threw, as it was thrown.</remarks>
    public Task<ExperimentResult<TOutput>> RunDetailedAsync(TInput input, CancellationToken cancellationToken = default) =>
        RunDetailedAsync(input, RunOptions.Default, cancellationToken);

    /// <inheritdoc cref="RunDetailedAsync(TInput, CancellationToken)" />
    /// <param name="input">The input.</param>
    /// <param name="options">What this run does differently.</param>
    /// <param name="cancellationToken">Cancels the awaited branches and the wait for them.</param>
    public async Task<ExperimentResult<TOutput>> RunDetailedAsync(TInput input, RunOptions options, CancellationToken cancellationToken = default) =>
        new(await (await _supervisor).Ask<ExperimentResult>(Request(input, options, expected: null, cancellationToken), cancellationToken));

    /// <summary>The shadows of one run, when all of them have ended.</summary>
    /// <param name="runId">The run, from <see cref="ExperimentResult{TOutput}.RunId"/>.</param>
    /// <param name="cancellationToken">Ends the wait, not the shadows.</param>
    /// <exception cref="RunNotFoundException">The run had no shadows here, or ended too long ago to be remembered.</exception>
    public async Task<BranchContainer<TOutput>> GatherShadowsAsync(Guid runId, CancellationToken cancellationToken = default)
    {
        var gathered = await (await _supervisor).Ask<ShadowsGathered>(new GatherShadows(runId), cancellationToken);
        return gathered.Shadows.As<TOutput>();
    }

    internal Task StartedAsync() => _supervisor;

    private RunExperiment Request(TInput input, RunOptions options, AnswerShape? expected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RunExperiment(_function, options.Configs ?? Configs, input)
        {
            RunId = options.RunId,
            ExperimentName = Name,
            CancellationToken = cancellationToken,
            Sink = options.Sink,
            RecordOutput = _options.RecordOutput,
            ExpectedAnswer = expected,
        };
    }
}
