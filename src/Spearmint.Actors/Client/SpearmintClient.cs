using Akka.Actor;
using Spearmint.Actors;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Statistics;
using Spearmint.Strategies;

namespace Spearmint.Client;

/// <summary>
/// Spearmint in one ActorSystem: the way in for host code. There is one for each system, made when it is first asked for.
/// </summary>
public sealed class SpearmintClient : IExtension
{
    /// <summary>What every question that does not run anything may take.</summary>
    internal static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    // each chunk is counted before the next is read, so that a large store never lies in a mailbox
    private const int ReplayChunk = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, object> _experiments = new(StringComparer.Ordinal);

    internal SpearmintClient(ActorSystem system, TimeProvider clock, SpearmintSetup setup)
    {
        var surroundings = new Surroundings(clock, setup.Settings, setup.Services);
        Surroundings = surroundings;
        Root = system.ActorOf(SpearmintActor.Props(surroundings), "spearmint");
        var ended = new CancellationTokenSource();
        Asking = new Asking(surroundings, ended.Token);
        system.RegisterOnTermination(() =>
        {
            ended.Cancel();
            surroundings.Telemetry.Dispose();
        });
        DrainAtShutdown.Register(CoordinatedShutdown.Get(system), Root);
        Ready = setup.SetUp?.Invoke(this) ?? Task.CompletedTask;
    }

    /// <summary>The root actor, for hosts that rather <c>Ask</c> themselves: it is told what stands in the namespace Spearmint.Protocol.</summary>
    public IActorRef Root { get; }

    /// <summary>The names of the experiments that were made here, in order.</summary>
    public IReadOnlyList<string> ExperimentNames
    {
        get
        {
            lock (_gate)
                return [.. _experiments.Keys];
        }
    }

    /// <summary>Ends when everything that the ActorSystem was set up with is registered; fails when something could not be.</summary>
    internal Task Ready { get; }

    internal Asking Asking { get; }

    internal Surroundings Surroundings { get; }

    /// <summary>The client of an ActorSystem. The first call starts Spearmint in it.</summary>
    /// <param name="system">The system.</param>
    public static SpearmintClient For(ActorSystem system) => SpearmintProvider.Instance.Apply(system);

    /// <summary>Makes an experiment of a function with a typed config.</summary>
    /// <param name="name">A name that no other experiment or strategy has.</param>
    /// <param name="function">The function under test.</param>
    /// <param name="configs">The configs, or null when every run brings its own.</param>
    /// <param name="strategy">How to run them; the experiment gets an instance of its own.</param>
    /// <param name="options">What holds for every run.</param>
    /// <exception cref="ArgumentException">The name is blank or taken, or two configs have the same id.</exception>
    /// <exception cref="ConfigBindingException">A config does not fit <typeparamref name="TConfig"/>.</exception>
    public Experiment<TInput, TConfig, TOutput> CreateExperiment<TInput, TConfig, TOutput>(
        string name, Func<TInput, TConfig, CancellationToken, Task<TOutput>> function, IEnumerable<Config>? configs, Strategy strategy,
        ExperimentOptions? options = null) =>
        Add(name, () => new Experiment<TInput, TConfig, TOutput>(this, name, function, configs, strategy, options));

    /// <summary>Makes an experiment of a function that takes the config as it is.</summary>
    /// <inheritdoc cref="CreateExperiment{TInput, TConfig, TOutput}" />
    public Experiment<TInput, TOutput> CreateExperiment<TInput, TOutput>(
        string name, Func<TInput, Config, CancellationToken, Task<TOutput>> function, IEnumerable<Config>? configs, Strategy strategy,
        ExperimentOptions? options = null) =>
        Add(name, () => new Experiment<TInput, TOutput>(this, name, ExperimentFunction.From(function), configs, strategy, options));

    /// <summary>Makes an experiment of a function that reads everything but its input from the context.</summary>
    /// <inheritdoc cref="CreateExperiment{TInput, TConfig, TOutput}" />
    public Experiment<TInput, TOutput> CreateExperiment<TInput, TOutput>(
        string name, Func<TInput, BranchContext, Task<TOutput>> function, IEnumerable<Config>? configs, Strategy strategy,
        ExperimentOptions? options = null) =>
        Add(name, () => new Experiment<TInput, TOutput>(this, name, ExperimentFunction.From(function), configs, strategy, options));

    /// <summary>Makes an experiment of functions that do the same, each with a config of its own.</summary>
    /// <param name="name">A name that no other experiment or strategy has.</param>
    /// <param name="variants">The functions, each id once; the first is the one to keep where the strategy has a primary and names no other.</param>
    /// <param name="strategy">How to run them; the experiment gets an instance of its own.</param>
    /// <param name="options">What holds for every run.</param>
    /// <exception cref="ArgumentException">The name is blank or taken, or two variants have the same id.</exception>
    public Experiment<TInput, TOutput> CreateExperiment<TInput, TOutput>(
        string name, IReadOnlyList<Variant<TInput, TOutput>> variants, Strategy strategy, ExperimentOptions? options = null)
    {
        var configs = Variants.Configs(variants);
        return Add(name, () => new Experiment<TInput, TOutput>(this, name, Variants.Function(name, variants), configs, strategy, options));
    }

    /// <summary>Makes a migration from an old store to a new one, at the stage <see cref="MigrationStage.Off"/> unless its settings say otherwise.</summary>
    /// <typeparam name="TQuery">The type of what a read asks.</typeparam>
    /// <typeparam name="TResult">The type of what a read gives.</typeparam>
    /// <typeparam name="TCommand">The type of what a write does.</typeparam>
    /// <param name="name">A name that no other experiment or strategy has: the migration's strategy is registered under it.</param>
    /// <param name="oldStore">The store that answers at first.</param>
    /// <param name="newStore">The store that answers in the end.</param>
    /// <param name="options">What holds for every read and write; null for the defaults.</param>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public Migration<TQuery, TResult, TCommand> CreateMigration<TQuery, TResult, TCommand>(
        string name, IMigrationStore<TQuery, TResult, TCommand> oldStore, IMigrationStore<TQuery, TResult, TCommand> newStore,
        MigrationOptions<TQuery, TResult, TCommand>? options = null) =>
        Add(name, () => new Migration<TQuery, TResult, TCommand>(this, name, oldStore, newStore, options ?? new()));

    /// <summary>An experiment that was made before.</summary>
    /// <typeparam name="TExperiment">Its type.</typeparam>
    /// <param name="name">Its name; null for the only one of its type.</param>
    /// <exception cref="UnknownNameException">There is none of this name.</exception>
    /// <exception cref="InvalidOperationException">It is of another type, or there is not exactly one of this type.</exception>
    public TExperiment GetExperiment<TExperiment>(string? name = null)
        where TExperiment : class
    {
        lock (_gate)
            return name is null ? OnlyOne<TExperiment>() : Named<TExperiment>(name);
    }

    /// <summary>Registers a strategy for plain <see cref="RunExperiment"/> messages.</summary>
    /// <param name="name">A name that no other strategy or experiment has.</param>
    /// <param name="create">Makes the instance that its supervisor owns.</param>
    /// <param name="settings">The settings to start with; null for the defaults.</param>
    /// <returns>The supervisor, which may be told <see cref="RunExperiment"/>.</returns>
    /// <exception cref="NameTakenException">The name is taken.</exception>
    public Task<IActorRef> RegisterStrategyAsync(string name, Func<IStrategy> create, StrategySettings? settings = null) =>
        RegisterAsync(new RegisterStrategy(name, create) { Settings = settings ?? StrategySettings.Default });

    /// <summary>Adds a sink that gets all events from now on.</summary>
    /// <param name="name">A name that no other sink has.</param>
    /// <param name="sink">The sink.</param>
    /// <param name="options">How it is fed; null for the defaults.</param>
    /// <exception cref="NameTakenException">The name is taken.</exception>
    public Task RegisterSinkAsync(string name, IBranchSink sink, SinkOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(sink);
        return Root.Ask<SinkRegistered>(new RegisterSink(name, sink) { Options = options ?? SinkOptions.Default }, Bound);
    }

    /// <summary>Runs an experiment by message.</summary>
    /// <param name="request">The run, with a strategy name.</param>
    /// <exception cref="UnansweredException">There was no answer although every deadline has passed.</exception>
    /// <exception cref="Exception">As <see cref="RunExperiment"/> says.</exception>
    public Task<ExperimentResult> RunAsync(RunExperiment request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Asking.RunAsync(Root, request.WithPromise()).AsTask();
    }

    /// <summary>What has become of everything that was offered so far. Whoever has an answer finds its run among the answered.</summary>
    public Task<Account> GetAccountAsync() => Root.Ask<Account>(GetAccount.Instance, Bound);

    /// <summary>The settings of a strategy or of an experiment.</summary>
    /// <param name="name">The name that the strategy is registered under: that of its experiment, where it has one.</param>
    /// <exception cref="UnknownNameException">There is none of this name.</exception>
    public Task<SettingsInForce> GetSettingsAsync(string name) => Root.Ask<SettingsInForce>(new GetSettings { StrategyName = name }, Bound);

    /// <summary>Changes the settings of a strategy or of an experiment. The next run that it plans is planned with the new ones.</summary>
    /// <param name="name">The name that the strategy is registered under: that of its experiment, where it has one.</param>
    /// <param name="change">Makes the new settings of those in force. What it throws comes back, and nothing has changed.</param>
    /// <exception cref="UnknownNameException">There is none of this name.</exception>
    /// <exception cref="ConfigBindingException">A new config does not fit the type that the experiment's function takes.</exception>
    public Task<SettingsInForce> ChangeSettingsAsync(string name, Func<StrategySettings, StrategySettings> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Root.Ask<SettingsInForce>(new ChangeSettings(change) { StrategyName = name }, Bound);
    }

    /// <summary>What holds for all strategies together.</summary>
    public Task<SpearmintSettings> GetSettingsAsync() => Root.Ask<SpearmintSettings>(GetSpearmintSettings.Instance, Bound);

    /// <summary>Changes what holds for all strategies together, such as the kill switch <see cref="SpearmintSettings.ShadowsPaused"/>.</summary>
    /// <param name="change">Makes the new settings of those in force. What it throws comes back, and nothing has changed.</param>
    /// <returns>The new settings, when every strategy has them.</returns>
    public Task<SpearmintSettings> ChangeSettingsAsync(Func<SpearmintSettings, SpearmintSettings> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Root.Ask<SpearmintSettings>(new ChangeSpearmintSettings(change), Bound);
    }

    /// <summary>Waits until what was logged so far is written.</summary>
    /// <param name="timeout">How long to wait for a slow sink.</param>
    /// <returns>The sinks that were not done in time.</returns>
    public async Task<IReadOnlyList<string>> FlushAsync(TimeSpan timeout) =>
        (await Root.Ask<SinksFlushed>(new FlushSinks(timeout), timeout + Bound)).Unfinished;

    /// <summary>How the sinks are doing.</summary>
    public async Task<IReadOnlyList<SinkStatus>> GetSinkStatusAsync() =>
        (await Root.Ask<SinkStatusList>(GetSinkStatus.Instance, Bound)).Sinks;

    /// <summary>The figures of all experiments. Whoever has an answer finds its branch in them; that of shadows when they have ended.</summary>
    /// <param name="rule">What tells a difference from noise; null for <see cref="NoiseRule.Default"/>.</param>
    public Task<StatisticsSnapshot> GetStatisticsAsync(NoiseRule? rule = null) => AskStatisticsAsync(experiment: null, rule);

    /// <summary>
    /// Counts events of the past into the figures, so that a host with a store goes on where it stopped. Nothing goes to a sink or to the log.
    /// Whoever replays an event twice counts it twice.
    /// </summary>
    /// <param name="events">The events, in any order. What reading them throws comes back; full chunks of 4096 before it are counted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>How many events there were.</returns>
    public async Task<long> ReplayAsync(IAsyncEnumerable<ExperimentEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var replayed = 0L;
        await foreach (var chunk in events.Chunk(ReplayChunk).WithCancellation(cancellationToken))
            replayed += (await Root.Ask<EventsReplayed>(new ReplayEvents(chunk), Bound, cancellationToken)).Count;

        return replayed;
    }

    internal Task<StatisticsSnapshot> AskStatisticsAsync(string? experiment, NoiseRule? rule) =>
        Root.Ask<StatisticsSnapshot>(new GetStatistics { Experiment = experiment, Rule = rule ?? NoiseRule.Default }, Bound);

    internal async Task<IActorRef> RegisterAsync(RegisterStrategy request) => (await Root.Ask<StrategyRegistered>(request, Bound)).Supervisor;

    private TExperiment Add<TExperiment>(string name, Func<TExperiment> create)
        where TExperiment : class
    {
        lock (_gate)
        {
            if (name is not null && _experiments.ContainsKey(name))
                throw new NameTakenException("experiment", name);

            var experiment = create();
            _experiments.Add(name!, experiment);
            return experiment;
        }
    }

    private TExperiment Named<TExperiment>(string name)
        where TExperiment : class
    {
        if (!_experiments.TryGetValue(name, out var experiment))
            throw new UnknownNameException("experiment", name, _experiments.Keys);

        return experiment as TExperiment
            ?? throw new InvalidOperationException($"Experiment '{name}' is of type {experiment.GetType()}, not {typeof(TExperiment)}.");
    }

    private TExperiment OnlyOne<TExperiment>()
        where TExperiment : class
    {
        var matches = _experiments.Where(entry => entry.Value is TExperiment).ToList();
        return matches.Count == 1
            ? (TExperiment)matches[0].Value
            : throw new InvalidOperationException(matches.Count == 0
                ? $"No experiment of type {typeof(TExperiment)} is registered."
                : $"{matches.Count} experiments are of type {typeof(TExperiment)}; ask for one by name: {string.Join(", ", matches.Select(match => match.Key))}.");
    }
}
