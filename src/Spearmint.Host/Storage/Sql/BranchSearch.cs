using System.Data.Common;
using System.Globalization;
using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Finds branches and runs, newest first; one call looks at so many rows at most.</summary>
internal sealed class BranchSearch(SqlSession session)
{
    private const int MostRows = 20_000;
    private const int MostRowsApart = 5_000;
    private const int MaxBranchesOfRun = 1000;
    private const long MostBytes = 16 << 20;

    // in the order of the summary's counts
    private static readonly BranchStatus[] Statuses =
        [BranchStatus.Pending, BranchStatus.Success, BranchStatus.Failed, BranchStatus.TimedOut, BranchStatus.Cancelled, BranchStatus.Skipped];

    public async Task<Page<BranchRecord>> BranchesAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken)
    {
        var page = await FindAsync(filter, before, limit, oncePerRun: false, cancellationToken);
        var records = await new RecordReader(session).ReadAsync([.. page.Items.Select(found => found.Id)], cancellationToken, withInput: false);
        return new Page<BranchRecord>(records, page.Next);
    }

    public async Task<Page<RunSummary>> RunsAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken)
    {
        var page = await FindAsync(filter, before, limit, oncePerRun: true, cancellationToken);
        var runs = await session.QueryManyAsync(
            SummarySql, [.. page.Items.Select(found => new object?[] { session.Id(found.RunId) })], ReadSummary, cancellationToken);
        return new Page<RunSummary>(runs, page.Next);
    }

    public async Task<IReadOnlyList<BranchRecord>> RunAsync(Guid runId, CancellationToken cancellationToken)
    {
        var ids = await session.QueryAsync(RunSql, reader => session.ReadId(reader, 0), cancellationToken, session.Id(runId));
        return await new RecordReader(session).ReadAsync(ids, cancellationToken);
    }

    private static string RunSql { get; } =
        string.Create(CultureInfo.InvariantCulture, $"SELECT id FROM branches WHERE run_id = @p0 ORDER BY id LIMIT {MaxBranchesOfRun}");

    private static string SummarySql { get; } =
        $"""
        SELECT b.run_id, min(e.name), min(s.name), min(b.started_at), {string.Join(", ", Statuses.Select(Count))}
        FROM branches b JOIN names e ON e.id = b.experiment JOIN names s ON s.id = b.strategy WHERE b.run_id = @p0 GROUP BY b.run_id
        """;

    private static string Count(BranchStatus status) => string.Create(CultureInfo.InvariantCulture, $"count(CASE WHEN b.status = {(int)status} THEN 1 END)");

    private RunSummary ReadSummary(DbDataReader reader) => new(
        session.ReadId(reader, 0), reader.GetString(1), reader.GetString(2), StoredTime.Read(reader.GetInt64(3)), (int)reader.GetInt64(4),
        (int)reader.GetInt64(5), (int)reader.GetInt64(6), (int)reader.GetInt64(7), (int)reader.GetInt64(8), (int)reader.GetInt64(9));

    private async Task<Page<(Guid Id, Guid RunId, long Size)>> FindAsync(
        BranchFilter filter, Guid? before, int limit, bool oncePerRun, CancellationToken cancellationToken)
    {
        if (await BranchConditions.OfAsync(filter, session, cancellationToken) is not { } conditions)
            return new Page<(Guid, Guid, long)>([], Next: null);

        var start = before is { } id ? $" AND b.id < {conditions.Add(session.Id(id))}" : "";

        // rows that lie apart, or whose metrics are read, take longer
        var most = conditions.IsLed || filter.Metrics.Count > 0 ? MostRowsApart : MostRows;
        var end = conditions.HasRest || oncePerRun ? await EndAsync(conditions, start, most, cancellationToken) : null;
        var rest = end is { } last ? $" AND b.id >= {conditions.Add(session.Id(last))}" : "";
        if (oncePerRun)
            rest += $" AND NOT EXISTS (SELECT 1 FROM branches x WHERE x.run_id = b.run_id AND x.id > b.id AND {conditions.AllOfSibling})";

        var found = await session.QueryAsync(
            string.Create(
                CultureInfo.InvariantCulture, $"SELECT b.id, b.run_id, b.size FROM branches b WHERE {conditions.All}{start}{rest} ORDER BY b.id DESC LIMIT {limit + 1}"),
            reader => (Id: session.ReadId(reader, 0), RunId: session.ReadId(reader, 1), Size: reader.GetInt64(2)), cancellationToken, [.. conditions.Values]);
        var taken = oncePerRun ? Math.Min(limit, found.Count) : Fitting(found, limit);
        return found.Count > taken
            ? new Page<(Guid, Guid, long)>([.. found.Take(taken)], found[taken - 1].Id)
            : new Page<(Guid, Guid, long)>(found, end);
    }

    // so many that their details have room in memory, and one at least
    private static int Fitting(List<(Guid Id, Guid RunId, long Size)> found, int limit)
    {
        var (taken, bytes) = (0, 0L);
        while (taken < Math.Min(limit, found.Count) && (taken == 0 || bytes + found[taken].Size <= MostBytes))
            bytes += found[taken++].Size;
        return taken;
    }

    // the last row that is looked at; null where that is the very last
    private async Task<Guid?> EndAsync(BranchConditions conditions, string start, int most, CancellationToken cancellationToken)
    {
        var ends = await session.QueryAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT b.id FROM branches b WHERE {conditions.Leading}{start} ORDER BY b.id DESC LIMIT 1 OFFSET {most}"),
            reader => session.ReadId(reader, 0), cancellationToken, [.. conditions.Values]);
        return ends.Count > 0 ? ends[0] : null;
    }
}
