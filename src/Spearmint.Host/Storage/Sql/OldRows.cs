using System.Globalization;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Removes the oldest rows, a few at a time.</summary>
internal sealed class OldRows(SqlSession session)
{
    /// <summary>How many branches a step removes at most.</summary>
    public const int Step = 2000;

    private static readonly string[] FigureTables = ["config_figures", "pair_figures", "failure_figures"];

    /// <summary>Removes branches, the oldest first.</summary>
    /// <param name="before">Only those that started before; null for any that has ended.</param>
    /// <param name="total">What counts them: <c>removed_by_age</c> or <c>removed_by_size</c>.</param>
    /// <param name="cancellationToken">Ends the step, which then removes nothing.</param>
    /// <returns>How many have gone.</returns>
    public async Task<int> RemoveBranchesAsync(DateTimeOffset? before, string total, CancellationToken cancellationToken)
    {
        var removed = 0;
        await session.InTransactionAsync(
            async () =>
            {
                var which = before is null ? "status <> 0" : "status >= 0";
                var bound = before is { } time ? StoredTime.LowestId(time) : Guid.AllBitsSet;
                var ids = await session.QueryAsync(
                    string.Create(CultureInfo.InvariantCulture, $"SELECT id FROM branches WHERE id < @p0 AND {which} ORDER BY id LIMIT {Step}"),
                    reader => session.ReadId(reader, 0), cancellationToken, session.Id(bound));
                if (before is { } oldest)
                    await new AnswerTable(session).RemoveAsync(StoredTime.Of(oldest) - 1, cancellationToken);
                if (ids.Count == 0)
                    return;

                var last = session.Id(ids[^1]);
                var sums = await session.QueryAsync(
                    $"SELECT count(*), sum(CASE WHEN status = 0 THEN 0 ELSE 1 END), sum(size), max(started_at) FROM branches WHERE id <= @p0 AND {which}",
                    reader => (Rows: reader.GetInt64(0), Ended: reader.GetInt64(1), Bytes: reader.GetInt64(2), LastAt: reader.GetInt64(3)),
                    cancellationToken, last);
                removed = await session.ExecuteAsync($"DELETE FROM branches WHERE id <= @p0 AND {which}", cancellationToken, last);
                await session.ExecuteAsync(
                    "DELETE FROM branch_details WHERE id <= @p0 AND NOT EXISTS (SELECT 1 FROM branches b WHERE b.id = branch_details.id)", cancellationToken, last);
                await session.ExecuteManyAsync(
                    "UPDATE totals SET value = value + @p1 WHERE name = @p0", [["ended", -sums[0].Ended], ["bytes", -sums[0].Bytes], [total, (long)removed]],
                    cancellationToken);
                await new AnswerTable(session).RemoveAsync(sums[0].LastAt, cancellationToken);
                await session.ExecuteAsync(
                    "UPDATE totals SET value = @p0 WHERE name = 'removed_up_to' AND value < @p0", cancellationToken, sums[0].LastAt);
            },
            cancellationToken);
        return removed;
    }

    /// <summary>Says from which minute on there are figures by minute. Before it those by hour are read.</summary>
    /// <param name="minute">The first minute of an hour.</param>
    /// <param name="cancellationToken">Ends the step.</param>
    public Task<int> SetFirstMinuteAsync(long minute, CancellationToken cancellationToken) => session.ExecuteAsync(
        "UPDATE totals SET value = @p0 WHERE name = 'minutes_from' AND value < @p0", cancellationToken, minute);

    /// <summary>Removes figures of one length that end before a minute, or with it: some thousands of each table.</summary>
    /// <returns>How many rows have gone.</returns>
    public async Task<int> RemoveFiguresAsync(int span, long beforeMinute, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var table in FigureTables)
        {
            var end = beforeMinute - span + 1;
            var next = await session.NumberAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT bucket FROM {table} WHERE span = @p0 AND bucket < @p1 ORDER BY bucket LIMIT 1 OFFSET {Step}"),
                cancellationToken, span, end);

            // the next bucket goes too, since more than a step may be in it
            removed += await session.ExecuteAsync(
                $"DELETE FROM {table} WHERE span = @p0 AND bucket < @p1", cancellationToken, span, next is { } bucket ? bucket + 1 : end);
        }

        return removed;
    }

    /// <summary>Removes gaps, audits, and starts of processes that ended and have no branches any more.</summary>
    public async Task RemoveOthersAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var time = StoredTime.Of(before);
        await session.ExecuteAsync("DELETE FROM gaps WHERE at < @p0", cancellationToken, time);
        await session.ExecuteAsync("DELETE FROM audit WHERE at < @p0", cancellationToken, time);
        var oldest = await session.NumberAsync("SELECT started_at FROM branches ORDER BY id LIMIT 1", cancellationToken);
        await session.ExecuteAsync("DELETE FROM sessions WHERE ended_at < @p0", cancellationToken, Math.Min(time, oldest ?? long.MaxValue));
    }
}
