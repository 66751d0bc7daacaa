using Spearmint.Domain;
using Spearmint.Host.Targets;

namespace Spearmint.Host;

/// <summary>Takes the functions that files of experiments may name.</summary>
public sealed class HostFunctions
{
    private readonly FunctionCatalogue _functions;

    internal HostFunctions(FunctionCatalogue functions) => _functions = functions;

    /// <summary>Adds a function of the bytes of the input and a typed config.</summary>
    /// <typeparam name="TConfig">The type that the values of a config are bound to.</typeparam>
    /// <typeparam name="TOutput">The type of the output; it is recorded as JSON.</typeparam>
    /// <param name="name">What files call it.</param>
    /// <param name="function">The function.</param>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public HostFunctions Add<TConfig, TOutput>(string name, Func<byte[], TConfig, CancellationToken, Task<TOutput>> function)
    {
        _functions.Add(name, function);
        return this;
    }

    /// <summary>Adds a function that reads its config from the context and can report figures there.</summary>
    /// <typeparam name="TOutput">The type of the output; it is recorded as JSON.</typeparam>
    /// <param name="name">What files call it.</param>
    /// <param name="function">The function.</param>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public HostFunctions Add<TOutput>(string name, Func<byte[], BranchContext, Task<TOutput>> function)
    {
        _functions.Add(name, function);
        return this;
    }
}
