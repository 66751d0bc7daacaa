using Spearmint.Client;
using Spearmint.Domain;

namespace Spearmint.Chaos;

/// <summary>A strategy that is driven, and what its callers know of it.</summary>
/// <param name="name">The name that it is registered under, and that its events carry.</param>
internal sealed class Subject(string name)
{
    private readonly Lock _gate = new();
    private long _made;
    private long _ended;

    public string Name { get; } = name;

    /// <summary>The experiment; null for a strategy that is run by message.</summary>
    public Experiment<Job, object?>? Experiment { get; init; }

    /// <summary>Whether it answers with all branches.</summary>
    public bool AnswersWithAll { get; init; }

    /// <summary>The config that alone may answer, where there is only one.</summary>
    public string? OnlyConfig { get; init; }

    public bool HasShadows { get; init; }

    /// <summary>Whether its branches are compared.</summary>
    public bool Compares { get; init; }

    /// <summary>Limits that nothing changes, so that they can be checked.</summary>
    public StrategySettings? FixedLimits { get; init; }

    /// <summary>Calls that were made.</summary>
    public long Made => Volatile.Read(ref _made);

    /// <summary>Calls that have an answer of Spearmint's: a caller who cancels does not wait for one.</summary>
    public long Ended => Volatile.Read(ref _ended);

    public TimeSpan WorstLatency { get; private set; }

    /// <summary>The longest that an answer took beyond the moment that it was due.</summary>
    public TimeSpan WorstLateness { get; private set; } = TimeSpan.MinValue;

    public void Make() => Interlocked.Increment(ref _made);

    public void End() => Interlocked.Increment(ref _ended);

    public void Took(TimeSpan latency, TimeSpan lateness)
    {
        lock (_gate)
        {
            WorstLatency = latency > WorstLatency ? latency : WorstLatency;
            WorstLateness = lateness > WorstLateness ? lateness : WorstLateness;
        }
    }
}
