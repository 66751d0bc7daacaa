using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Statistics;
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
    private readonly SpearmintClient _client;
    private readonly ExperimentFunction _function;
    private readonly ExperimentOptions _options;
    private readonly RunHooks<TInput, TOutput>? _hooks;
    private readonly Strategy _strategy;
    private readonly Task<IActorRef> _supervisor;

    internal Experiment(
        SpearmintClient client, string name, ExperimentFunction function, IEnumerable<Config>? configs, Strategy strategy, ExperimentOptions? options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(strategy);
        Name = name;
        Configs = ConfigSet.From(configs ?? []);
        Check(Configs);
        _function = function;
        _options = options ?? ExperimentOptions.Default;
        if (_options is { ThrowOnMismatch: true, Compare: null })
            throw new ArgumentException($"Experiment '{name}' is to throw on a mismatch, and compares nothing: give its options a Compare.", nameof(options));
        _options.Compare?.CheckFits(typeof(TInput), typeof(TOutput));
        _hooks = RunHooks<TInput, TOutput>.Of(name, Configs, _options, client.Surroundings);
        _strategy = strategy;
        _client = client;
        _supervisor = client.RegisterAsync(new RegisterStrategy(name, strategy)
        {
            Settings = _options.Settings with { Configs = Configs.Count > 0 ? Configs : _options.Settings.Configs },
            Check = settings => Check(settings.Configs ?? ConfigSet.Empty),
        });
    }

    /// <summary>Another way to run by a strategy that has been registered.</summary>
    internal Experiment(
        SpearmintClient client, string name, ExperimentFunction function, ConfigSet configs, Strategy strategy, ExperimentOptions options,
        Task<IActorRef> supervisor)
    {
        Name = name;
        Configs = configs;
        _function = function;
        _options = options;
        _strategy = strategy;
        _client = client;
        _supervisor = supervisor;
    }

    private protected Experiment(Experiment<TInput, TOutput> other)
    {
        Name = other.Name;
        Configs = other.Configs;
        _function = other._function;
        _options = other._options;
        _hooks = other._hooks;
        _strategy = other._strategy;
        _client = other._client;
        _supervisor = other._supervisor;
    }

    /// <summary>The name, which branches and events carry. The experiment's strategy is registered under it too.</summary>
    public string Name { get; }

    /// <summary>The configs that it was made with: those of every run that brings none of its own, until live control changes them.</summary>
    public ConfigSet Configs { get; }

    /// <summary>The name of the strategy.</summary>
    public string StrategyName => _strategy.Name;

    /// <summary>Branches that have passed <see cref="ExperimentOptions{TInput, TOutput}.AfterBranch"/> by because it could not keep up.</summary>
    public long MissedHooks => _hooks?.AfterBranch?.Missed ?? 0;

    /// <summary>Runs the function as the strategy says and gives the primary's output.</summary>
    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Cancels the awaited branches and the wait for them.</param>
    /// <exception cref="AnswerShapeException">The strategy answers with all branches; nothing has run.</exception>
    /// <exception cref="ArgumentException">There are no configs.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the exception carries it.</exception>
    /// <exception cref="OverloadedException">Too much is in progress; nothing has run.</exception>
    /// <exception cref="ShuttingDownException">Spearmint is shutting down.</exception>
    /// <remarks>Any other exception is what the function threw, as it was thrown.</remarks>
    public Task<TOutput> RunAsync(TInput input, CancellationToken cancellationToken = default) =>
        RunAsync(input, RunOptions.Default, cancellationToken);

    /// <inheritdoc cref="RunAsync(TInput, CancellationToken)" />
    /// <param name="input">The input.</param>
    /// <param name="options">What this run does differently.</param>
    /// <param name="cancellationToken">Cancels the awaited branches and the wait for them.</param>
    public async Task<TOutput> RunAsync(TInput input, RunOptions options, CancellationToken cancellationToken = default) =>
        (TOutput)(await AskAsync(Request(input, options, AnswerShape.Output, cancellationToken))).Output!;

    /// <summary>Runs the function as the strategy says and gives all branches, failed ones too.</summary>
    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Cancels the branches and the wait for them.</param>
    /// <exception cref="AnswerShapeException">The strategy answers with one output; nothing has run.</exception>
    /// <exception cref="ArgumentException">There are no configs.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the exception carries it.</exception>
    /// <exception cref="OverloadedException">Too much is in progress; nothing has run.</exception>
    /// <exception cref="ShuttingDownException">Spearmint is shutting down.</exception>
    public Task<BranchContainer<TOutput>> RunAllAsync(TInput input, CancellationToken cancellationToken = default) =>
        RunAllAsync(input, RunOptions.Default, cancellationToken);

    /// <inheritdoc cref="RunAllAsync(TInput, CancellationToken)" />
    /// <param name="input">The input.</param>
    /// <param name="options">What this run does differently.</param>
    /// <param name="cancellationToken">Cancels the branches and the wait for them.</param>
    public async Task<BranchContainer<TOutput>> RunAllAsync(TInput input, RunOptions options, CancellationToken cancellationToken = default) =>
        (await AskAsync(Request(input, options, AnswerShape.Container, cancellationToken))).Branches.As<TOutput>();

    /// <summary>Runs the function as the strategy says, whatever the shape of its answer, and gives output, awaited branches and run id.</summary>
    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Cancels the awaited branches and the wait for them.</param>
    /// <exception cref="ArgumentException">There are no configs.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the exception carries it.</exception>
    /// <exception cref="OverloadedException">Too much is in progress; nothing has run.</exception>
    /// <exception cref="ShuttingDownException">Spearmint is shutting down.</exception>
    /// <remarks>Any other exception is what the function threw, as it was thrown.</remarks>
    public Task<ExperimentResult<TOutput>> RunDetailedAsync(TInput input, CancellationToken cancellationToken = default) =>
        RunDetailedAsync(input, RunOptions.Default, cancellationToken);

    /// <inheritdoc cref="RunDetailedAsync(TInput, CancellationToken)" />
    /// <param name="input">The input.</param>
    /// <param name="options">What this run does differently.</param>
    /// <param name="cancellationToken">Cancels the awaited branches and the wait for them.</param>
    public async Task<ExperimentResult<TOutput>> RunDetailedAsync(TInput input, RunOptions options, CancellationToken cancellationToken = default) =>
        new(await AskAsync(Request(input, options, expected: null, cancellationToken)));

    /// <summary>
    /// Runs the function as the strategy says and gives the branches as they end, whichever ends first. Leaving the loop cancels those that
    /// have not ended.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="options">What this run does differently.</param>
    /// <param name="cancellationToken">Cancels the branches and ends the loop.</param>
    /// <exception cref="AnswerShapeException">The strategy answers with one output; nothing has run.</exception>
    public async IAsyncEnumerable<Branch<TOutput>> StreamAsync(
        TInput input, RunOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var ended = Channel.CreateUnbounded<Branch>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(BranchContext.OrOwn(cancellationToken));
        var answer = AskAsync(Request(input, options ?? RunOptions.Default, AnswerShape.Container, leaving.Token, ended.Writer)).AsTask();
        _ = answer.ContinueWith(_ => ended.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var branch in ended.Reader.ReadAllAsync(cancellationToken))
                yield return new Branch<TOutput>(branch);
            await answer;
        }
        finally
        {
            await leaving.CancelAsync();
            await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What has become of everything that was offered to this experiment so far.</summary>
    public async Task<StrategyAccount> GetAccountAsync() => await (await _supervisor).Ask<StrategyAccount>(GetAccount.Instance, SpearmintClient.Bound);

    /// <summary>The figures of this experiment: how its configs fare, and where and how much they differ.</summary>
    /// <param name="rule">What tells a difference from noise; null for <see cref="NoiseRule.Default"/>.</param>
    public async Task<ExperimentStatistics> GetStatisticsAsync(NoiseRule? rule = null)
    {
        await _supervisor;
        return (await _client.AskStatisticsAsync(Name, rule)).Experiments[0];
    }

    /// <summary>The settings that the next run is planned with.</summary>
    public async Task<SettingsInForce> GetSettingsAsync() => await (await _supervisor).Ask<SettingsInForce>(new GetSettings(), SpearmintClient.Bound);

    /// <summary>Changes the settings. The next run that is planned is planned with the new ones.</summary>
    /// <param name="change">Makes the new settings of those in force. What it throws comes back, and nothing has changed.</param>
    /// <exception cref="ConfigBindingException">A new config does not fit the type that the function takes.</exception>
    public async Task<SettingsInForce> ChangeSettingsAsync(Func<StrategySettings, StrategySettings> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return await (await _supervisor).Ask<SettingsInForce>(new ChangeSettings(change), SpearmintClient.Bound);
    }

    /// <summary>The shadows of one run, when all of them have ended and, where the experiment compares, have been compared.</summary>
    /// <param name="runId">The run, from <see cref="ExperimentResult{TOutput}.RunId"/>.</param>
    /// <param name="cancellationToken">Ends the wait, not the shadows.</param>
    /// <exception cref="UnansweredException">They have not ended within twice the longest deadline; ask again.</exception>
    /// <exception cref="RunNotFoundException">The run had no shadows here, or ended too long ago to be remembered.</exception>
    public async Task<BranchContainer<TOutput>> GatherShadowsAsync(Guid runId, CancellationToken cancellationToken = default)
    {
        var gathered = await _client.Asking.GatherAsync(await _supervisor, new GatherShadows(runId), cancellationToken);
        return gathered.Shadows.As<TOutput>();
    }

    /// <summary>What came of comparing the branches of one run, when all of them have been compared.</summary>
    /// <param name="runId">The run, from <see cref="ExperimentResult{TOutput}.RunId"/>.</param>
    /// <param name="cancellationToken">Ends the wait, not the comparisons.</param>
    /// <returns>One for each pair that was compared, in the order in which they ended: none for a branch that was skipped, timed out or was cancelled.</returns>
    /// <exception cref="UnansweredException">They have not ended within twice the longest deadline; ask again.</exception>
    /// <exception cref="RunNotFoundException">The run had nothing to compare, or ended too long ago to be remembered.</exception>
    public async Task<IReadOnlyList<Comparison>> GatherComparisonsAsync(Guid runId, CancellationToken cancellationToken = default) =>
        (await _client.Asking.GatherAsync(await _supervisor, new GatherShadows(runId), cancellationToken)).Comparisons;

    internal Task StartedAsync() => _supervisor;

    /// <summary>Finds a config that the function could not take before a run does.</summary>
    private protected virtual void Check(ConfigSet configs)
    {
    }

    private async ValueTask<ExperimentResult> AskAsync(RunExperiment request) => _options.ThrowOnMismatch
        ? await MismatchCheck.RunAsync(_client.Asking, await _supervisor, request)
        : await _client.Asking.RunAsync(await _supervisor, request);

    private RunExperiment Request(
        TInput input, RunOptions options, AnswerShape? expected, CancellationToken cancellationToken, ChannelWriter<Branch>? stream = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var request = new RunExperiment(_function, options.Configs is { } configs ? ConfigSet.From(configs) : null, input)
        {
            RunId = options.RunId ?? (_options.ThrowOnMismatch ? Guid.CreateVersion7() : null),
            Deadline = options.Deadline,
            ShadowDeadline = options.ShadowDeadline,
            CloneInput = _options.CloneInput,
            Promise = new RunPromise(Name),
            Stream = stream,
            ExperimentName = Name,
            CancellationToken = cancellationToken,
            Sink = options.Sink,
            RecordOutput = _options.RecordOutput,
            RecordInput = _options.RecordInput,
            Compare = _options.Compare,
            ExpectedAnswer = expected,
            ForcedConfigId = options.ForcedConfigId,
            Key = options.Key ?? _hooks?.KeyOf(input),
            MayTakePart = _hooks?.MayTakePart(input) ?? true,
            Context = _hooks?.ContextOf(input),
            AfterBranch = _hooks?.AfterBranch,
        };
        _hooks?.BeforeRun(input);
        return request;
    }
}
