using System.Globalization;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Removes the oldest rows, a few at a time.</summary>
internal sealed class OldRows(SqlSession session)
{
    /// <summary>How many branches a step removes at most.</summary>
    public const int Step = 2000;

    private static readonly string[] FigureTables = ["config_figures", "pair_figures", "failure_figures"];

    /// <summary>Removes branches, the oldest first.</summary>
    /// <param name="before">Only those that started before; null for any.</param>
    /// <param name="total">What counts them: <c>removed_by_age</c> or <c>removed_by_size</c>.</param>
    /// <param name="cancellationToken">Ends the step, which then removes nothing.</param>
    /// <returns>How many have gone.</returns>
    public async Task<int> RemoveBranchesAsync(DateTimeOffset? before, string total, CancellationToken cancellationToken)
    {
        var removed = 0;
        await session.InTransactionAsync(
            async () =>
            {
                var bound = before is { } time ? StoredTime.LowestId(time) : Guid.AllBitsSet;
                var ids = await session.QueryAsync(
                    string.Create(CultureInfo.InvariantCulture, $"SELECT id FROM branches WHERE id < @p0 ORDER BY id LIMIT {Step}"),
                    reader => session.ReadId(reader, 0), cancellationToken, session.Id(bound));
                if (ids.Count == 0)
                    return;

                var last = session.Id(ids[^1]);
                var sums = await session.QueryAsync(
                    "SELECT count(*), sum(CASE WHEN status = 0 THEN 0 ELSE 1 END), sum(size), max(started_at) FROM branches WHERE id <= @p0",
                    reader => (Rows: reader.GetInt64(0), Ended: reader.GetInt64(1), Bytes: reader.GetInt64(2), LastAt: reader.GetInt64(3)),
                    cancellationToken, last);
                await session.ExecuteAsync("DELETE FROM branch_details WHERE id <= @p0", cancellationToken, last);
                removed = await session.ExecuteAsync("DELETE FROM branches WHERE id <= @p0", cancellationToken, last);
                await session.ExecuteManyAsync(
                    "UPDATE totals SET value = value + @p1 WHERE name = @p0", [["ended", -sums[0].Ended], ["bytes", -sums[0].Bytes], [total, (long)removed]],
                    cancellationToken);
                await session.ExecuteAsync(
                    "UPDATE totals SET value = @p0 WHERE name = 'removed_up_to' AND value < @p0", cancellationToken, sums[0].LastAt);
            },
            cancellationToken);
        return removed;
    }

    /// <summary>Removes figures of one config that end before a minute, or with it.</summary>
    /// <returns>How many rows have gone.</returns>
    public async Task<int> RemoveFiguresAsync(int config, long beforeMinute, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var table in FigureTables)
        {
            foreach (var span in FigureWriter.Spans)
            {
                removed += await session.ExecuteAsync(
                    $"DELETE FROM {table} WHERE span = @p0 AND config = @p1 AND bucket < @p2", cancellationToken, span, config,
                    beforeMinute - span + 1);
            }
        }

        return removed;
    }
}
