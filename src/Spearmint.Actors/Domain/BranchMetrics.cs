using System.Collections.Frozen;

namespace Spearmint.Domain;

/// <summary>What the function of one branch reports of itself. Safe from any thread.</summary>
internal sealed class BranchMetrics
{
    /// <summary>How many names one branch can report.</summary>
    public const int MaxNames = 64;

    /// <summary>How long a name can be.</summary>
    public const int MaxNameLength = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, double> None { get; } = FrozenDictionary<string, double>.Empty;

    public void Report(string name, double value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > MaxNameLength)
            throw new ArgumentException($"The name of a metric has at most {MaxNameLength} characters; this one has {name.Length}.", nameof(name));
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, $"The metric '{name}' must be a finite number.");

        lock (_gate)
        {
            if (_values.Count == MaxNames && !_values.ContainsKey(name))
                throw new ArgumentException($"A branch reports at most {MaxNames} metrics; '{name}' would be one more.", nameof(name));
            _values[name] = value;
        }
    }

    public IReadOnlyDictionary<string, double> Snapshot()
    {
        lock (_gate)
            return new Dictionary<string, double>(_values, StringComparer.Ordinal);
    }
}
