namespace Spearmint.Domain;

/// <summary>
/// Stands in a sink's batch in the place of events that this sink did not get, so that a reader can tell a gap from the truth. Its
/// <see cref="ExperimentEvent.Sequence"/> is that of the first event dropped.
/// </summary>
/// <remarks>
/// Stretches that meet become one. A registered sink gets all events, so each number of a stretch is one it lacks; the sink of a single run
/// gets those of its run alone, and there a stretch also covers the numbers of others in between.
/// </remarks>
public sealed class EventsDropped : ExperimentEvent
{
    /// <summary>A stretch of the log that a sink does not get.</summary>
    /// <param name="first">The number of the first event dropped.</param>
    /// <param name="last">The number of the last; all between are dropped too.</param>
    /// <param name="reason">Why the first was dropped: a name of <see cref="DropReasons"/>.</param>
    public EventsDropped(long first, long last, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        Sequence = first;
        Last = last;
        Reason = reason;
    }

    /// <summary>The number of the last event dropped.</summary>
    public long Last { get; }

    /// <summary>How many numbers the stretch has: for a registered sink, how many events were dropped.</summary>
    public long Count => Last - Sequence + 1;

    /// <summary>Why the first of them was dropped.</summary>
    public string Reason { get; }
}

/// <summary>Why a sink did not get an event.</summary>
public static class DropReasons
{
    /// <summary>The sink's queue was full.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>Every attempt failed, or the failure was not one that may pass.</summary>
    public const string Failed = "failed";

    /// <summary>The sink did not come back within its hang limit.</summary>
    public const string Hung = "hung";

    /// <summary>Spearmint ended before the sink had taken it.</summary>
    public const string ShutDown = "shut_down";
}
