namespace Spearmint.Domain;

/// <summary>Where branch log events go: a store, a log, a queue.</summary>
/// <remarks>
/// A sink lets its exceptions escape. The actor that owns it calls it with one batch at a time, tries a batch again, and drops and counts
/// what cannot be written; no caller and no other sink waits for it. A sink may block its thread.
/// </remarks>
public interface IBranchSink
{
    /// <summary>Writes a batch.</summary>
    /// <param name="batch">
    /// At least one event, in the order of their sequence numbers. After a failure the same batch may come again. What the sink did not get is
    /// said by an <see cref="EventsDropped"/> in its place.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the actor that owns the sink stops or has given the batch up.</param>
    Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken);
}
