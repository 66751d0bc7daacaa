using Spearmint.Domain;

namespace Spearmint.Comparing;

/// <summary>A rule that decides whether a mismatch matters.</summary>
internal sealed record IgnoreRule<TInput, TOutput>(string Name, Func<TInput, Branch<TOutput>, Branch<TOutput>, bool> Ignores);
