using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Hosting;
using Spearmint.Strategies;

namespace Spearmint.Host.Experiments;

/// <summary>An experiment on a function in C#: how to register it and how to call it.</summary>
internal sealed class ByteExperiment : IHostedExperiment
{
    private readonly Action<SpearmintBuilder> _register;
    private readonly Func<SpearmintClient, byte[], RunOptions, CancellationToken, Task<ByteRun>> _run;

    private ByteExperiment(
        string name, string description, Strategy strategy, ConfigSet configs, Action<SpearmintBuilder> register,
        Func<SpearmintClient, byte[], RunOptions, CancellationToken, Task<ByteRun>> run)
    {
        Name = name;
        Description = description;
        StrategyName = strategy.Name;
        Configs = configs;
        _register = register;
        _run = run;
    }

    public string Name { get; }

    public string Description { get; }

    public string StrategyName { get; }

    public ConfigSet Configs { get; }

    public ExperimentFile? File => null;

    /// <summary>An experiment on a function; its outputs are recorded.</summary>
    public static ByteExperiment Of<TConfig, TOutput>(
        string name, string description, Func<byte[], TConfig, CancellationToken, Task<TOutput>> function, ConfigSet configs, Strategy strategy,
        StrategySettings? settings = null) =>
        Of<TOutput>(name, description, strategy, configs, spearmint => spearmint.AddExperiment(name, function, configs, strategy, Recorded(settings)));

    /// <summary>An experiment on a function that reads its config from the context and can report of itself there.</summary>
    public static ByteExperiment Of<TOutput>(
        string name, string description, Func<byte[], BranchContext, Task<TOutput>> function, ConfigSet configs, Strategy strategy,
        StrategySettings? settings = null) =>
        Of<TOutput>(name, description, strategy, configs, spearmint => spearmint.AddExperiment(name, function, configs, strategy, Recorded(settings)));

    public void RegisterIn(SpearmintBuilder spearmint) => _register(spearmint);

    public Task<ByteRun> RunAsync(SpearmintClient client, byte[] input, RunOptions options, CancellationToken cancellationToken) =>
        _run(client, input, options, cancellationToken);

    private static ByteExperiment Of<TOutput>(string name, string description, Strategy strategy, ConfigSet configs, Action<SpearmintBuilder> register)
    {
        return new ByteExperiment(name, description, strategy, configs, register, RunAsync);

        async Task<ByteRun> RunAsync(SpearmintClient client, byte[] input, RunOptions options, CancellationToken cancellationToken) =>
            ByteRun.From(await client.GetExperiment<Experiment<byte[], TOutput>>(name).RunDetailedAsync(input, options, cancellationToken));
    }

    private static ExperimentOptions Recorded(StrategySettings? settings) => new() { RecordOutput = true, Settings = settings ?? StrategySettings.Default };
}
