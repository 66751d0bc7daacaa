using Spearmint.Domain;

namespace Spearmint.Host.Targets;

/// <summary>The functions in C# that files may name.</summary>
internal sealed class FunctionCatalogue
{
    private readonly Dictionary<string, CodeFunction> _functions = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _functions.Keys;

    /// <exception cref="NameTakenException">There is a function of this name.</exception>
    public void Add<TConfig, TOutput>(string name, Func<byte[], TConfig, CancellationToken, Task<TOutput>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Add(name, new CodeFunction(
            config => config.Get<TConfig>(),
            async (input, context) => await function(input, context.Config.Get<TConfig>()!, context.CancellationToken)));
    }

    /// <exception cref="NameTakenException">There is a function of this name.</exception>
    public void Add<TOutput>(string name, Func<byte[], BranchContext, Task<TOutput>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Add(name, new CodeFunction(config => config, async (input, context) => await function(input, context)));
    }

    public CodeFunction? Find(string name) => _functions.GetValueOrDefault(name);

    private void Add(string name, CodeFunction function)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!_functions.TryAdd(name, function))
            throw new NameTakenException("function", name);
    }
}

/// <summary>A function in C#.</summary>
/// <param name="Bind">Binds a config to the type that the function takes; throws a <see cref="ConfigBindingException"/> where it does not fit.</param>
/// <param name="Call">Calls it.</param>
internal sealed record CodeFunction(Func<Config, object?> Bind, Func<byte[], BranchContext, Task<object?>> Call);
