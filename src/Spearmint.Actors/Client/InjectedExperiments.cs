using Microsoft.Extensions.DependencyInjection;

namespace Spearmint.Client;

// Open generic services need types to make. Each of these is the registered experiment under another reference.

internal sealed class InjectedExperiment<TInput, TOutput>(SpearmintClient client)
    : Experiment<TInput, TOutput>(client.GetExperiment<Experiment<TInput, TOutput>>());

internal sealed class InjectedExperiment<TInput, TConfig, TOutput>(SpearmintClient client)
    : Experiment<TInput, TConfig, TOutput>(client.GetExperiment<Experiment<TInput, TConfig, TOutput>>());

internal sealed class KeyedExperiment<TInput, TOutput>([ServiceKey] string name, SpearmintClient client)
    : Experiment<TInput, TOutput>(client.GetExperiment<Experiment<TInput, TOutput>>(name));

internal sealed class KeyedExperiment<TInput, TConfig, TOutput>([ServiceKey] string name, SpearmintClient client)
    : Experiment<TInput, TConfig, TOutput>(client.GetExperiment<Experiment<TInput, TConfig, TOutput>>(name));
