using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>
/// Strategies by name: <c>round_robin</c>, <c>shadow</c>, <c>multi_branch</c>, <c>first_success</c>, <c>weighted</c>, <c>random</c> and
/// <c>sticky</c> from the start, and what is registered beside them.
/// </summary>
public sealed class StrategyCatalogue
{
    private readonly Dictionary<string, Strategy> _strategies = new(StringComparer.Ordinal);

    /// <summary>A catalogue of the built-in strategies.</summary>
    public StrategyCatalogue()
    {
        Strategy[] builtIn =
        [
            Strategy.RoundRobin, Strategy.Shadow(), Strategy.MultiBranch, Strategy.FirstSuccess, Strategy.Weighted, Strategy.Random, Strategy.Sticky,
        ];
        foreach (var strategy in builtIn)
            _strategies.Add(strategy.Name, strategy);
    }

    /// <summary>The names, in the order of their registration.</summary>
    public IReadOnlyList<string> Names => [.. _strategies.Keys];

    /// <summary>Adds a strategy.</summary>
    /// <param name="name">A name that is not taken.</param>
    /// <param name="create">Makes a fresh instance.</param>
    /// <exception cref="NameTakenException">The name is registered already.</exception>
    public void Register(string name, Func<IStrategy> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        if (!_strategies.TryAdd(name, new Strategy(name, create)))
            throw new NameTakenException("strategy", name);
    }

    /// <summary>A fresh instance of a strategy.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="UnknownNameException">There is no strategy of this name.</exception>
    public IStrategy Create(string name) => Find(name).Create();

    /// <summary>The strategy of a name.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="UnknownNameException">There is no strategy of this name.</exception>
    public Strategy Find(string name) => _strategies.TryGetValue(name, out var strategy)
        ? strategy
        : throw new UnknownNameException("strategy", name, Names);
}
