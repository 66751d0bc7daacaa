using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Hosting;

/// <summary>Says what Spearmint runs in a host. What it is told is checked when the host starts.</summary>
public sealed class SpearmintBuilder
{
    private readonly List<Func<SpearmintClient, Task>> _steps = [];

    internal SpearmintBuilder()
    {
    }

    internal SpearmintSettings Settings { get; private set; } = SpearmintSettings.Default;

    /// <summary>Says what holds for all strategies together at first.</summary>
    /// <param name="settings">The settings.</param>
    public SpearmintBuilder WithSettings(SpearmintSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        return this;
    }

    /// <summary>Registers a strategy for plain messages under a name.</summary>
    /// <param name="name">A name that no other strategy or experiment has.</param>
    /// <param name="create">Makes the instance that its supervisor owns.</param>
    /// <param name="settings">The settings to start with; null for the defaults.</param>
    public SpearmintBuilder AddStrategy(string name, Func<IStrategy> create, StrategySettings? settings = null) =>
        Add(client => client.RegisterStrategyAsync(name, create, settings));

    /// <summary>Registers a sink.</summary>
    /// <param name="name">A name that no other sink has.</param>
    /// <param name="sink">The sink.</param>
    /// <param name="options">How it is fed; null for the defaults.</param>
    public SpearmintBuilder AddSink(string name, IBranchSink sink, SinkOptions? options = null) =>
        Add(client => client.RegisterSinkAsync(name, sink, options));

    /// <summary>Registers an experiment with a typed config and makes it injectable, by its type or keyed by its name.</summary>
    /// <param name="name">A name that no other experiment or strategy has.</param>
    /// <param name="function">The function under test.</param>
    /// <param name="configs">The configs, or null when every run brings its own.</param>
    /// <param name="strategy">How to run them.</param>
    /// <param name="options">What holds for every run.</param>
    public SpearmintBuilder AddExperiment<TInput, TConfig, TOutput>(
        string name, Func<TInput, TConfig, CancellationToken, Task<TOutput>> function, IEnumerable<Config>? configs, Strategy strategy,
        ExperimentOptions? options = null) =>
        Add(client => client.CreateExperiment(name, function, configs, strategy, options).StartedAsync());

    /// <summary>Registers an experiment whose function takes the config as it is, and makes it injectable.</summary>
    /// <inheritdoc cref="AddExperiment{TInput, TConfig, TOutput}" />
    public SpearmintBuilder AddExperiment<TInput, TOutput>(
        string name, Func<TInput, Config, CancellationToken, Task<TOutput>> function, IEnumerable<Config>? configs, Strategy strategy,
        ExperimentOptions? options = null) =>
        Add(client => client.CreateExperiment(name, function, configs, strategy, options).StartedAsync());

    /// <summary>Registers an experiment whose function reads everything but its input from the context, and makes it injectable.</summary>
    /// <inheritdoc cref="AddExperiment{TInput, TConfig, TOutput}" />
    public SpearmintBuilder AddExperiment<TInput, TOutput>(
        string name, Func<TInput, BranchContext, Task<TOutput>> function, IEnumerable<Config>? configs, Strategy strategy,
        ExperimentOptions? options = null) =>
        Add(client => client.CreateExperiment(name, function, configs, strategy, options).StartedAsync());

    /// <summary>Registers an experiment of functions that do the same, each with a config of its own, and makes it injectable.</summary>
    /// <param name="name">A name that no other experiment or strategy has.</param>
    /// <param name="variants">The functions, each id once; the first is the one to keep where the strategy has a primary and names no other.</param>
    /// <param name="strategy">How to run them.</param>
    /// <param name="options">What holds for every run.</param>
    public SpearmintBuilder AddExperiment<TInput, TOutput>(
        string name, IReadOnlyList<Variant<TInput, TOutput>> variants, Strategy strategy, ExperimentOptions? options = null) =>
        Add(client => client.CreateExperiment(name, variants, strategy, options).StartedAsync());

    internal Task ApplyAsync(SpearmintClient client) => Task.WhenAll(_steps.Select(step => step(client)));

    private SpearmintBuilder Add(Func<SpearmintClient, Task> step)
    {
        _steps.Add(step);
        return this;
    }
}
