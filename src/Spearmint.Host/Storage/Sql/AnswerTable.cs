using System.Data.Common;

namespace Spearmint.Host.Storage.Sql;

/// <summary>The answers to runs that were asked for with a key.</summary>
internal sealed class AnswerTable(SqlSession session)
{
    /// <summary>Takes the place of a run.</summary>
    /// <returns>What is there already; null where the place is the caller's.</returns>
    public async Task<KeptAnswer?> ReserveAsync(Guid runId, byte[] fingerprint, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var id = session.Id(runId);
        var inserted = await session.ExecuteAsync(
            "INSERT INTO answers (run_id, fingerprint, started_at) VALUES (@p0, @p1, @p2) ON CONFLICT (run_id) DO NOTHING", cancellationToken,
            id, fingerprint, StoredTime.Of(at));
        if (inserted > 0)
            return null;

        // gone between the two: the retention has taken it just now
        var found = await session.QueryAsync("SELECT fingerprint, status, body FROM answers WHERE run_id = @p0", Read, cancellationToken, id);
        return found.Count > 0 ? found[0] : new KeptAnswer(fingerprint, Status: null, Body: null);
    }

    public Task<int> KeepAsync(Guid runId, int status, byte[]? body, CancellationToken cancellationToken) => session.ExecuteAsync(
        "UPDATE answers SET status = @p1, body = @p2 WHERE run_id = @p0", cancellationToken, session.Id(runId), status, body);

    public Task<int> ForgetAsync(Guid runId, CancellationToken cancellationToken) =>
        session.ExecuteAsync("DELETE FROM answers WHERE run_id = @p0", cancellationToken, session.Id(runId));

    /// <summary>Removes answers of runs that were asked for up to a time, in <see cref="StoredTime"/>.</summary>
    public Task<int> RemoveAsync(long upTo, CancellationToken cancellationToken) =>
        session.ExecuteAsync("DELETE FROM answers WHERE started_at <= @p0", cancellationToken, upTo);

    private static KeptAnswer Read(DbDataReader reader) => new(
        reader.GetFieldValue<byte[]>(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2));
}
