namespace Spearmint.Client;

/// <summary>A store that is migrated from or to. Called from many threads at once.</summary>
/// <typeparam name="TQuery">What a read asks.</typeparam>
/// <typeparam name="TResult">What a read gives.</typeparam>
/// <typeparam name="TCommand">What a write does.</typeparam>
public interface IMigrationStore<in TQuery, TResult, in TCommand>
{
    /// <summary>Reads. What it throws reaches the caller where this store answers.</summary>
    /// <param name="query">What to read.</param>
    /// <param name="cancellationToken">Is cancelled at the deadline, and by the caller where this store answers.</param>
    Task<TResult> ReadAsync(TQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Writes: all of it or nothing, and with the same outcome when the same is written twice, since a caller that does not know whether a
    /// write was done can only repeat it.
    /// </summary>
    /// <param name="command">What to write.</param>
    /// <param name="cancellationToken">Is cancelled at the deadline.</param>
    Task WriteAsync(TCommand command, CancellationToken cancellationToken);
}
