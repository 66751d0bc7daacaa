using System.Collections;
using System.Collections.Immutable;

namespace Spearmint.Domain;

/// <summary>The configs of an experiment, in their order, each id once. A snapshot of the list it was made from.</summary>
public sealed class ConfigSet : IReadOnlyList<Config>
{
    private readonly ImmutableArray<Config> _configs;

    /// <summary>A set of configs.</summary>
    /// <param name="configs">The configs; an empty set is allowed here and refused when it is run.</param>
    /// <exception cref="ArgumentException">Two configs have the same id.</exception>
    public ConfigSet(IEnumerable<Config> configs)
    {
        ArgumentNullException.ThrowIfNull(configs);
        _configs = [.. configs];
        var ids = new HashSet<string>(_configs.Length);
        foreach (var config in _configs)
        {
            if (config is null)
                throw new ArgumentException("A config is null.", nameof(configs));
            if (!ids.Add(config.Id))
                throw new ArgumentException($"Two configs have the id '{config.Id}'. Give one of them another id, or leave one out.", nameof(configs));
        }
    }

    /// <summary>A set without configs.</summary>
    public static ConfigSet Empty { get; } = new([]);

    /// <summary>How many configs there are.</summary>
    public int Count => _configs.Length;

    /// <summary>The config at a place.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public Config this[int index] => _configs[index];

    /// <summary>A set of configs; the same object when it is one already.</summary>
    /// <param name="configs">The configs.</param>
    /// <exception cref="ArgumentException">Two configs have the same id.</exception>
    public static ConfigSet From(IEnumerable<Config> configs) => configs as ConfigSet ?? new ConfigSet(configs);

    /// <summary>The place of the config with an id, or -1.</summary>
    /// <param name="id">The id.</param>
    public int IndexOf(string id)
    {
        for (var index = 0; index < _configs.Length; index++)
        {
            if (_configs[index].Id == id)
                return index;
        }

        return -1;
    }

    /// <inheritdoc />
    public IEnumerator<Config> GetEnumerator() => _configs.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
