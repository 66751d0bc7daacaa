using System.Data.Common;
using Spearmint.Domain;
using Spearmint.Host.Storage.Figures;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Reads figures: those of a day where it is wanted as a whole, then of hours, and of minutes.</summary>
internal sealed class FigureReader(SqlSession session)
{
    // pairs are looked for among so many branches, the newest, so many at a time
    private const int MostRows = 20_000;
    private const int RowsAtOnce = 4000;

    public async Task<IReadOnlyList<ConfigBucket>> ConfigsAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        var (range, figures) = await CounterOfAsync(query, cancellationToken);
        var names = await ConfigNames.ReadAsync(query.Experiment, session, cancellationToken);
        await ReadAsync(
            "config_figures", FigureRows.ConfigColumns, range, names.Of(query.ConfigId),
            reader => figures.Take(FigureRows.ReadConfig(reader, number => names[number])), cancellationToken);
        return figures.Configs;
    }

    public async Task<IReadOnlyList<PairBucket>> PairsAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        var (range, figures) = await CounterOfAsync(query, cancellationToken);
        var names = await ConfigNames.ReadAsync(query.Experiment, session, cancellationToken);
        await ReadAsync(
            "pair_figures", FigureRows.PairColumns, range, names.Of(query.ConfigId),
            reader => figures.Add(FigureRows.ReadPair(reader, number => names[number])), cancellationToken);
        return figures.Pairs;
    }

    public async Task<IReadOnlyList<FailureGroup>> FailuresAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        var (range, figures) = await CounterOfAsync(query with { Bucket = null }, cancellationToken);
        var names = await ConfigNames.ReadAsync(query.Experiment, session, cancellationToken);
        var types = await TypesAsync(cancellationToken);
        await ReadAsync(
            "failure_figures", FigureRows.FailureColumns, range, names.Of(query.ConfigId),
            reader => figures.Add(FigureRows.ReadFailure(reader, session, number => names[number], type => types[type])), cancellationToken);
        return figures.ReadFailures();
    }

    public async Task<IReadOnlyList<PairedBranches>> PairedAsync(
        StatisticsQuery query, string one, string other, int limit, CancellationToken cancellationToken)
    {
        var range = new MinuteRange(query);
        var filter = new BranchFilter { Experiment = query.Experiment };
        var names = await ConfigNames.ReadAsync(query.Experiment, session, cancellationToken);
        var (ones, others) = (names.Of(one).ToHashSet(), names.Of(other).ToHashSet());
        if (ones.Count == 0 || others.Count == 0 || await BranchConditions.OfAsync(filter, session, cancellationToken) is not { } conditions)
            return [];

        var low = conditions.Add(session.Id(StoredTime.LowestId(Minutes.ToTime(Math.Max(0, range.First)))));
        var end = conditions.Add(session.Id(StoredTime.LowestId(Minutes.ToTime(Math.Max(0, range.End)))));
        var sql = $"""
            SELECT id, run_id, config, status, duration, metrics, role FROM branches b WHERE {conditions.All} AND b.id >= {low} AND b.id < {end}
            ORDER BY b.id DESC LIMIT {RowsAtOnce}
            """;
        object?[] values = [.. conditions.Values];
        var (firsts, seconds) = (new Dictionary<Guid, PairRow>(), new Dictionary<Guid, PairRow>());
        var runs = new List<Guid>();
        for (var looked = 0; looked < MostRows && runs.Count < limit; looked += RowsAtOnce)
        {
            var rows = await session.QueryAsync(sql, reader => ReadRow(reader, ones, others), cancellationToken, values);
            foreach (var row in rows.Where(row => row.IsWanted))
            {
                var isNew = (ones.Contains(row.Config) ? firsts : seconds).TryAdd(row.RunId, row);
                if (isNew && firsts.ContainsKey(row.RunId) && seconds.ContainsKey(row.RunId))
                    runs.Add(row.RunId);
            }

            if (rows.Count < RowsAtOnce)
                break;
            values[^1] = session.Id(rows[^1].Id);
        }

        return [.. runs.Take(limit).Select(run => new PairedBranches(run, firsts[run].Read(), seconds[run].Read()))];
    }

    public async Task<IReadOnlyList<Config>> ConfigsOfAsync(string experiment, CancellationToken cancellationToken) => await session.QueryAsync(
        "SELECT c.config_values, c.config_id FROM configs c JOIN names e ON e.id = c.experiment WHERE e.name = @p0 ORDER BY c.id",
        reader => Config.FromJson(reader.GetString(0), reader.GetString(1)), cancellationToken, StoredText.Name(experiment));

    private PairRow ReadRow(DbDataReader reader, HashSet<int> ones, HashSet<int> others)
    {
        var config = reader.GetInt32(2);
        var status = (BranchStatus)reader.GetInt16(3);
        var isWanted = (ones.Contains(config) || others.Contains(config)) && status.HasRun() && (BranchRole)reader.GetInt16(6) != BranchRole.Noise;
        return new PairRow(
            session.ReadId(reader, 0), isWanted ? session.ReadId(reader, 1) : default, config, status, reader.GetInt64(4),
            !isWanted || reader.IsDBNull(5) ? null : reader.GetString(5), isWanted);
    }

    private async Task<(MinuteRange Range, FigureCounter Figures)> CounterOfAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        var minutesFrom = await session.NumberAsync("SELECT value FROM totals WHERE name = 'minutes_from'", cancellationToken);
        var range = new MinuteRange(query, minutesFrom is > 0 and var first ? first : long.MinValue);
        return (range, new FigureCounter(range.BucketOf));
    }

    private async Task<Dictionary<int, string>> TypesAsync(CancellationToken cancellationToken)
    {
        var types = await session.QueryAsync(
            "SELECT id, name FROM names WHERE id IN (SELECT DISTINCT error_type FROM failure_figures WHERE span = @p0)",
            reader => (Number: reader.GetInt32(0), Name: reader.GetString(1)), cancellationToken, FigureWriter.Spans[0]);
        return types.ToDictionary(type => type.Number, type => type.Name);
    }

    private async Task ReadAsync(
        string table, string columns, MinuteRange range, IEnumerable<int> configs, Action<DbDataReader> read, CancellationToken cancellationToken)
    {
        var stretches = range.Stretches(FigureWriter.Spans);
        object?[][] wanted = [.. configs.SelectMany(config => stretches.Select(stretch => new object?[] { stretch.Span, config, stretch.From, stretch.To }))];
        await session.QueryManyAsync(
            $"SELECT {columns} FROM {table} WHERE span = @p0 AND config = @p1 AND bucket >= @p2 AND bucket < @p3", wanted,
            reader =>
            {
                read(reader);
                return true;
            },
            cancellationToken);
    }

    private sealed record PairRow(Guid Id, Guid RunId, int Config, BranchStatus Status, long Duration, string? Metrics, bool IsWanted)
    {
        public BranchInShort Read() => new(Status, new TimeSpan(Duration), StoredJson.ReadDictionary<double>(Metrics));
    }
}
