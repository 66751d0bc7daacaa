namespace Spearmint.Protocol;

/// <summary>
/// Ends all work: no new runs (they are answered with a <see cref="Domain.ShuttingDownException"/>), branches may end within the time
/// given, those that do not are recorded as cancelled, and sinks get one more second to write. Told to the root actor; answered with
/// <see cref="Drained"/>.
/// </summary>
/// <param name="Timeout">How long branches may take.</param>
public sealed record Drain(TimeSpan Timeout);

/// <summary>All work has ended.</summary>
/// <param name="CutShort">Branches that had not ended in time.</param>
/// <param name="UnfinishedSinks">Sinks that had not written everything in time.</param>
public sealed record Drained(int CutShort, IReadOnlyList<string> UnfinishedSinks);
