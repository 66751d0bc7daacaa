namespace Spearmint.Protocol;

/// <summary>
/// Ends all work: no new runs and strategies (they are answered with a <see cref="Domain.ShuttingDownException"/>), branches may end within the time
/// given, those that do not are recorded as cancelled, sinks get three more seconds to write, and one line in the log sums up. Told to the
/// root actor; answered with <see cref="Drained"/>.
/// </summary>
/// <param name="Timeout">How long branches may take.</param>
public sealed record Drain(TimeSpan Timeout);

/// <summary>All work has ended.</summary>
/// <param name="CutShort">Branches, and comparisons, that had not ended in time.</param>
/// <param name="UnfinishedSinks">Sinks that had not written everything in time.</param>
public sealed record Drained(int CutShort, IReadOnlyList<string> UnfinishedSinks)
{
    /// <summary>Strategies that did not answer in time: their code is stuck, and so is all that they run.</summary>
    public IReadOnlyList<string> UnfinishedStrategies { get; init; } = [];
}
