using System.Globalization;
using Spearmint.Sinks;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Finds branches and runs, newest first; one call looks at so many rows at most.</summary>
internal sealed class BranchSearch(SqlSession session)
{
    private const int MostRows = 20_000;
    private const int MostRowsApart = 5_000;
    private const int MaxBranchesOfRun = 1000;

    public async Task<Page<BranchRecord>> BranchesAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken)
    {
        var page = await FindAsync(filter, before, limit, oncePerRun: false, cancellationToken);
        var records = await new RecordReader(session).ReadAsync([.. page.Items.Select(found => found.Id)], cancellationToken);
        return new Page<BranchRecord>(records, page.Next);
    }

    public async Task<Page<IReadOnlyList<BranchRecord>>> RunsAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken)
    {
        var page = await FindAsync(filter, before, limit, oncePerRun: true, cancellationToken);
        var ids = await session.QueryManyAsync(
            RunSql, [.. page.Items.Select(found => new object?[] { session.Id(found.RunId) })], reader => session.ReadId(reader, 0), cancellationToken);
        var records = await new RecordReader(session).ReadAsync(ids, cancellationToken);
        var runs = records.ToLookup(record => record.RunId);
        return new Page<IReadOnlyList<BranchRecord>>(
            [.. page.Items.Select(found => (IReadOnlyList<BranchRecord>)[.. runs[found.RunId]]).Where(run => run.Count > 0)], page.Next);
    }

    public async Task<IReadOnlyList<BranchRecord>> RunAsync(Guid runId, CancellationToken cancellationToken)
    {
        var ids = await session.QueryAsync(RunSql, reader => session.ReadId(reader, 0), cancellationToken, session.Id(runId));
        return await new RecordReader(session).ReadAsync(ids, cancellationToken);
    }

    private static string RunSql { get; } =
        string.Create(CultureInfo.InvariantCulture, $"SELECT id FROM branches WHERE run_id = @p0 ORDER BY id LIMIT {MaxBranchesOfRun}");

    private async Task<Page<(Guid Id, Guid RunId)>> FindAsync(
        BranchFilter filter, Guid? before, int limit, bool oncePerRun, CancellationToken cancellationToken)
    {
        if (await BranchConditions.OfAsync(filter, session, cancellationToken) is not { } conditions)
            return new Page<(Guid, Guid)>([], Next: null);

        var start = before is { } id ? $" AND b.id < {conditions.Add(session.Id(id))}" : "";

        // rows that lie apart, or whose metrics are read, take longer
        var most = conditions.IsLed || filter.Metrics.Count > 0 ? MostRowsApart : MostRows;
        var end = conditions.HasRest || oncePerRun ? await EndAsync(conditions, start, most, cancellationToken) : null;
        var rest = end is { } last ? $" AND b.id >= {conditions.Add(session.Id(last))}" : "";
        if (oncePerRun)
            rest += $" AND NOT EXISTS (SELECT 1 FROM branches x WHERE x.run_id = b.run_id AND x.id > b.id AND {conditions.AllOfSibling})";

        var found = await session.QueryAsync(
            string.Create(
                CultureInfo.InvariantCulture, $"SELECT b.id, b.run_id FROM branches b WHERE {conditions.All}{start}{rest} ORDER BY b.id DESC LIMIT {limit + 1}"),
            reader => (Id: session.ReadId(reader, 0), RunId: session.ReadId(reader, 1)), cancellationToken, [.. conditions.Values]);
        return found.Count > limit
            ? new Page<(Guid, Guid)>([.. found.Take(limit)], found[limit - 1].Id)
            : new Page<(Guid, Guid)>(found, end);
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
