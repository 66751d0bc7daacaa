using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Client;

/// <summary>An experiment whose function takes its config as an object of its own type.</summary>
/// <typeparam name="TInput">The type of the input.</typeparam>
/// <typeparam name="TConfig">The type that each config is bound to.</typeparam>
/// <typeparam name="TOutput">The type of the output.</typeparam>
public class Experiment<TInput, TConfig, TOutput> : Experiment<TInput, TOutput>
{
    internal Experiment(
        SpearmintClient client, string name, Func<TInput, TConfig, CancellationToken, Task<TOutput>> function, IEnumerable<Config>? configs,
        Strategy strategy, ExperimentOptions? options)
        : base(client, name, ExperimentFunction.From(function), configs, strategy, options)
    {
    }

    private protected Experiment(Experiment<TInput, TConfig, TOutput> other)
        : base(other)
    {
    }

    private protected override void Check(ConfigSet configs)
    {
        foreach (var config in configs)
            config.Get<TConfig>();
    }
}
