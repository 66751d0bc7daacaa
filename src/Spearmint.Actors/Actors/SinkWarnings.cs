using Akka.Event;
using Spearmint.Domain;
using Spearmint.Execution;

namespace Spearmint.Actors;

/// <summary>Tells the operator what a sink loses: once when it begins, once when the sink has caught up, and what is open in the end.</summary>
internal sealed class SinkWarnings(string name, ILoggingAdapter logger)
{
    private bool _losing;

    public void Lost(EventsDropped dropped, string? lastError)
    {
        if (_losing)
            return;

        _losing = true;
        logger.Warning("Sink {0} loses events from number {1} on ({2}); its last error: {3}", name, dropped.Sequence, dropped.Reason, lastError ?? "none");
    }

    public void CaughtUp(SinkQueue queue)
    {
        if (_losing)
            logger.Warning("Sink {0} has caught up; it has lost {1} so far", name, Describe(queue.DroppedBy()));
        _losing = false;
    }

    public void Ended(EventsDropped untold, SinkQueue queue) =>
        logger.Warning("Sink {0} has ended untold that events {1} to {2} were dropped; it has lost {3}", name, untold.Sequence, untold.Last, Describe(queue.DroppedBy()));

    private static string Describe(IReadOnlyDictionary<string, long> droppedBy) =>
        string.Join(", ", droppedBy.Select(loss => $"{loss.Value} events ({loss.Key})"));
}
