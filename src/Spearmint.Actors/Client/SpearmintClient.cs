using Akka.Actor;
using Spearmint.Actors;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Client;

/// <summary>
/// Spearmint in one ActorSystem: the way in for host code. There is one for each system, made when it is first asked for.
/// </summary>
public sealed class SpearmintClient : IExtension
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, object> _experiments = new(StringComparer.Ordinal);

    internal SpearmintClient(ActorSystem system, TimeProvider clock, Func<SpearmintClient, Task>? setUp)
    {
        Root = system.ActorOf(SpearmintActor.Props(clock), "spearmint");
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "spearmint-drain", DrainAsync);
        Ready = setUp is null ? Task.CompletedTask : setUp(this);
    }

    /// <summary>How long branches may take to end when the ActorSystem shuts down by its coordinated shutdown.</summary>
    public static TimeSpan DrainTime { get; } = TimeSpan.FromSeconds(3);

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
    /// <returns>The supervisor, which may be told <see cref="RunExperiment"/>.</returns>
    /// <exception cref="NameTakenException">The name is taken.</exception>
    public Task<IActorRef> RegisterStrategyAsync(string name, Func<IStrategy> create) => RegisterAsync(name, new Strategy(name, create));

    /// <summary>Adds a sink that gets all events from now on.</summary>
    /// <param name="name">A name that no other sink has.</param>
    /// <param name="sink">The sink.</param>
    /// <exception cref="NameTakenException">The name is taken.</exception>
    public Task RegisterSinkAsync(string name, IBranchSink sink)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(sink);
        return Root.Ask<SinkRegistered>(new RegisterSink(name, sink), Bound);
    }

    /// <summary>Runs an experiment by message.</summary>
    /// <param name="request">The run, with a strategy name.</param>
    /// <exception cref="Exception">As <see cref="RunExperiment"/> says.</exception>
    public Task<ExperimentResult> RunAsync(RunExperiment request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Root.Ask<ExperimentResult>(request, request.CancellationToken);
    }

    /// <summary>Waits until what was logged so far is written.</summary>
    /// <param name="timeout">How long to wait for a slow sink.</param>
    /// <returns>The sinks that were not done in time.</returns>
    public async Task<IReadOnlyList<string>> FlushAsync(TimeSpan timeout) =>
        (await Root.Ask<SinksFlushed>(new FlushSinks(timeout), timeout + Bound)).Unfinished;

    /// <summary>How the sinks are doing.</summary>
    public async Task<IReadOnlyList<SinkStatus>> GetSinkStatusAsync() =>
        (await Root.Ask<SinkStatusList>(GetSinkStatus.Instance, Bound)).Sinks;

    internal async Task<IActorRef> RegisterAsync(string name, Strategy strategy) =>
        (await Root.Ask<StrategyRegistered>(new RegisterStrategy(name, strategy), Bound)).Supervisor;

    private async Task<Akka.Done> DrainAsync()
    {
        await Root.Ask<Drained>(new Drain(DrainTime), DrainTime + Bound);
        return Akka.Done.Instance;
    }

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
