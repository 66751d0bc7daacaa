using Spearmint.Domain;
using Spearmint.Statistics;

namespace Spearmint.Protocol;

/// <summary>
/// Asks for the figures of one experiment or of all: everything that was logged before the question is in the answer. Told to the root actor;
/// answered with a <see cref="StatisticsSnapshot"/>.
/// </summary>
/// <remarks>
/// An experiment or a strategy that is registered and has ended no branch has empty figures; a name that neither is registered nor has figures is
/// answered with an <see cref="UnknownNameException"/>.
/// </remarks>
public sealed record GetStatistics
{
    /// <summary>The name that the experiment's events carry; null for all experiments.</summary>
    public string? Experiment { get; init; }

    /// <summary>What tells a difference from noise.</summary>
    public NoiseRule Rule { get; init => field = value ?? throw new ArgumentNullException(nameof(Rule)); } = NoiseRule.Default;
}

/// <summary>The figures as of one moment of the log.</summary>
/// <param name="UpTo">
/// The sequence number of the last event in them; 0 before the first. Events that were replayed have numbers of their own and do not count here.
/// </param>
/// <param name="Experiments">One for each experiment that was asked for, in the order in which they came up.</param>
public sealed record StatisticsSnapshot(long UpTo, IReadOnlyList<ExperimentStatistics> Experiments)
{
    /// <summary>The figures of one experiment.</summary>
    /// <param name="name">The name that its events carry.</param>
    /// <exception cref="UnknownNameException">There are none of this name.</exception>
    public ExperimentStatistics this[string name] =>
        Experiments.FirstOrDefault(experiment => experiment.Experiment == name)
        ?? throw new UnknownNameException("experiment", name, Experiments.Select(experiment => experiment.Experiment));
}

/// <summary>
/// Counts events of the past, from a store, into the figures. Nothing goes to a sink or to the log. Whoever replays an event twice counts it
/// twice. Told to the root actor; answered with <see cref="EventsReplayed"/>.
/// </summary>
/// <param name="Events">The events, in any order.</param>
public sealed record ReplayEvents(IReadOnlyList<ExperimentEvent> Events);

/// <summary>Events of the past are in the figures.</summary>
/// <param name="Count">How many were told.</param>
public sealed record EventsReplayed(int Count);

/// <summary>Asks the statistics for figures, by way of the log.</summary>
internal sealed record ReadStatistics(GetStatistics Request, IReadOnlyCollection<string> Registered);
