using Spearmint.Domain;

namespace Spearmint.Client;

/// <summary>One of several functions that do the same: the code to keep and the code to try.</summary>
/// <typeparam name="TInput">The type of the input.</typeparam>
/// <typeparam name="TOutput">The type of the output.</typeparam>
/// <param name="Id">The id of its config, and what its branches are called.</param>
/// <param name="Function">The function.</param>
public sealed record Variant<TInput, TOutput>(string Id, Func<TInput, CancellationToken, Task<TOutput>> Function);

/// <summary>Makes variants into the one function of an experiment, and its configs.</summary>
internal static class Variants
{
    public static ConfigSet Configs<TInput, TOutput>(IReadOnlyList<Variant<TInput, TOutput>> variants)
    {
        ArgumentNullException.ThrowIfNull(variants);
        return new ConfigSet(variants.Select(variant => Config.From(new { variant = variant.Id }, variant.Id)));
    }

    public static ExperimentFunction Function<TInput, TOutput>(string experiment, IReadOnlyList<Variant<TInput, TOutput>> variants)
    {
        var functions = variants.ToDictionary(variant => variant.Id, variant => variant.Function, StringComparer.Ordinal);
        return ExperimentFunction.From<TInput, TOutput>((input, config, cancellationToken) => functions.TryGetValue(config.Id, out var function)
            ? function(input, cancellationToken)
            : throw new ArgumentException($"Config '{config.Id}' is none of the variants of experiment '{experiment}': {string.Join(", ", functions.Keys)}."));
    }
}
