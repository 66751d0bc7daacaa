using Spearmint.Domain;
using Spearmint.Host.Storage.Figures;

namespace Spearmint.Host.Storage.Sql;

/// <summary>
/// Writes batches, each in one transaction with its figures and with the number of its last event: what comes again after a failure whose commit may
/// have happened is left out. For one caller at a time.
/// </summary>
/// <param name="session">The connection.</param>
/// <param name="id">The number of the start of this process in <c>sessions</c>.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class BatchWriter(SqlSession session, int id, TimeProvider clock)
{
    private readonly Interner _numbers = new(session);
    private long? _lastSequence;
    private bool _mayHaveEnded;

    public async Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        var last = LastOf(batch[^1]);
        await InTransactionAsync(
            async () =>
            {
                var written = _lastSequence ?? await LookAsync(cancellationToken);
                var fresh = batch.Where(happened => LastOf(happened) > written).ToList();
                if (fresh.Count == 0)
                    return;

                await WriteGapsAsync(fresh, written, cancellationToken);
                await WriteBranchesAsync(BranchRow.Of(fresh.OfType<BranchEvent>()), _mayHaveEnded, cancellationToken);
                await session.ExecuteAsync("UPDATE sessions SET last_sequence = @p1 WHERE id = @p0 AND last_sequence < @p1", cancellationToken, id, last);
            },
            cancellationToken);
        _lastSequence = Math.Max(last, _lastSequence ?? 0);
    }

    /// <summary>Ends branches that their process has left pending: events that are in no log.</summary>
    public Task EndAsync(IReadOnlyList<BranchFinished> ends, CancellationToken cancellationToken) =>
        InTransactionAsync(() => WriteBranchesAsync(BranchRow.Of(ends), mayHaveEnded: true, cancellationToken), cancellationToken);

    // a process that was away for a while may have been taken for ended, and its branches with it
    private async Task<long> LookAsync(CancellationToken cancellationToken)
    {
        var found = await session.QueryAsync(
            "SELECT last_sequence, ended_at FROM sessions WHERE id = @p0", reader => (Last: reader.GetInt64(0), HasEnded: !reader.IsDBNull(1)), cancellationToken, id);
        _mayHaveEnded = found is [{ HasEnded: true }];
        return found is [var own] ? own.Last : 0;
    }

    private async Task InTransactionAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await session.InTransactionAsync(work, cancellationToken);
        }
        catch
        {
            // whether it was committed is not known
            _lastSequence = null;
            _numbers.Forget();
            throw;
        }
    }

    private static long LastOf(ExperimentEvent happened) => happened is EventsDropped dropped ? dropped.Last : happened.Sequence;

    private async Task WriteGapsAsync(List<ExperimentEvent> fresh, long written, CancellationToken cancellationToken)
    {
        foreach (var gap in fresh.OfType<EventsDropped>())
        {
            var first = Math.Max(gap.Sequence, written + 1);
            await session.ExecuteAsync(
                "INSERT INTO gaps (session, first_sequence, last_sequence, reason, at) VALUES (@p0, @p1, @p2, @p3, @p4)", cancellationToken,
                id, first, gap.Last, gap.Reason, StoredTime.Of(clock.GetUtcNow()));
            await AddAsync("lost", gap.Last - first + 1, cancellationToken);
        }
    }

    private async Task WriteBranchesAsync(IReadOnlyCollection<BranchRow> rows, bool mayHaveEnded, CancellationToken cancellationToken)
    {
        if (mayHaveEnded)
            rows = await WithoutSecondEndsAsync(rows, cancellationToken);
        if (rows.Count == 0)
            return;

        await _numbers.LearnAsync(rows, cancellationToken);
        var values = rows.Where(row => row.IsWhole).Select(row => BranchMapper.Values(row, _numbers, id, session.BytesOfBranch)).ToList();
        if (values.Count > 0)
            await session.WriteBranchesAsync(values, cancellationToken);
        var (later, laterBytes) = await WriteLaterAsync([.. rows.Where(row => !row.IsWhole)], cancellationToken);

        var figures = new FigureCounter(time => Minutes.ToTime(Minutes.Of(time)));
        foreach (var row in rows)
        {
            if (row.Finished is { } finished)
                figures.Add(finished);
            if (row.Compared is { } compared && (row.IsWhole || later.Contains(row)))
                figures.Add(compared);
        }

        await new FigureWriter(session, _numbers).WriteAsync(figures, cancellationToken);
        await AddAsync("ended", values.Count(value => value.FinishedSequence is not null), cancellationToken);
        await AddAsync("bytes", values.Sum(value => (long)value.Size) + laterBytes, cancellationToken);
    }

    // the first end holds
    private async Task<IReadOnlyCollection<BranchRow>> WithoutSecondEndsAsync(IReadOnlyCollection<BranchRow> rows, CancellationToken cancellationToken)
    {
        var ends = rows.Where(row => row is { Started: null, Finished: not null }).ToList();
        var ended = (await session.QueryManyAsync(
            "SELECT id FROM branches WHERE id = @p0 AND status <> 0", [.. ends.Select(row => new object?[] { session.Id(row.Any.BranchId) })],
            reader => session.ReadId(reader, 0), cancellationToken)).ToHashSet();
        foreach (var row in ends.Where(row => ended.Contains(row.Any.BranchId)))
            row.Finished = null;
        return [.. rows.Where(row => !row.IsEmpty)];
    }

    // a branch that is not here any more, or never was, is left alone
    private async Task<(HashSet<BranchRow> Known, long Bytes)> WriteLaterAsync(List<BranchRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return ([], 0);

        var details = rows.Select(row => new object?[] { session.Id(row.Any.BranchId), StoredJson.Write(row.Late), StoredJson.Write(row.Compared) }).ToList();
        var sizes = details.Select(detail => ((detail[1] as string)?.Length ?? 0) + ((detail[2] as string)?.Length ?? 0)).ToList();
        var changed = await session.ExecuteManyAsync(
            "UPDATE branches SET verdict = coalesce(@p1, verdict), size = size + @p2 WHERE id = @p0",
            [.. rows.Select((row, index) => new object?[] { details[index][0], (short?)row.Compared?.Comparison.Verdict, sizes[index] })], cancellationToken);
        await session.ExecuteManyAsync(
            """
            INSERT INTO branch_details (id, late, compared) SELECT @p0, @p1, @p2 WHERE EXISTS (SELECT 1 FROM branches WHERE id = @p0)
            ON CONFLICT (id) DO UPDATE SET late = coalesce(excluded.late, branch_details.late), compared = coalesce(excluded.compared, branch_details.compared)
            """,
            details, cancellationToken);

        var known = Enumerable.Range(0, rows.Count).Where(index => changed[index] > 0).ToList();
        return ([.. known.Select(index => rows[index])], known.Sum(index => (long)sizes[index]));
    }

    private async Task AddAsync(string total, long number, CancellationToken cancellationToken)
    {
        if (number != 0)
            await session.ExecuteAsync("UPDATE totals SET value = value + @p1 WHERE name = @p0", cancellationToken, total, number);
    }
}
