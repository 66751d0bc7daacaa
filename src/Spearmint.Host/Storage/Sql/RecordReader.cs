using System.Data.Common;
using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Makes records of rows.</summary>
internal sealed class RecordReader(SqlSession session)
{
    // a list of so many ids is one statement
    private const int IdsAtOnce = 200;

    private const string Sql =
        """
        SELECT b.id, b.run_id, b.started_sequence, b.finished_sequence, e.name, s.name, c.config_id, c.config_values, b.config, b.role, b.status, b.started_at,
            b.duration, b.settings_version, k.name, b.trace_id, b.metrics, d.parent_run_id, d.parent_branch_id, d.context, d.input, d.output, d.error, d.late,
            d.compared
        FROM branches b JOIN configs c ON c.id = b.config JOIN names e ON e.id = b.experiment JOIN names s ON s.id = b.strategy
            LEFT JOIN names k ON k.id = b.skip_reason LEFT JOIN branch_details d ON d.id = b.id
        WHERE b.id IN
        """;

    private readonly Dictionary<int, Config> _configs = [];

    /// <summary>The records of ids, in their order; those that are gone are left out.</summary>
    public async Task<IReadOnlyList<BranchRecord>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken, bool withInput = true)
    {
        var sql = withInput ? Sql : Sql.Replace("d.input", "NULL", StringComparison.Ordinal);
        var found = new Dictionary<Guid, BranchRecord>(ids.Count);
        foreach (var part in ids.Chunk(IdsAtOnce))
        {
            var parameters = string.Join(", ", Enumerable.Range(0, part.Length).Select(index => $"@p{index}"));
            var records = await session.QueryAsync($"{sql} ({parameters})", Read, cancellationToken, [.. part.Select(session.Id)]);
            foreach (var record in records)
                found[record.BranchId] = record;
        }

        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    private BranchRecord Read(DbDataReader reader)
    {
        var stored = new StoredBranch
        {
            BranchId = session.ReadId(reader, 0),
            RunId = session.ReadId(reader, 1),
            Experiment = reader.GetString(4),
            Strategy = reader.GetString(5),
            Config = ConfigOf(reader),
            Role = (BranchRole)reader.GetInt16(9),
            StartedAt = StoredTime.Read(reader.GetInt64(11)),
            SettingsVersion = reader.GetInt64(13),
            TraceId = Text(reader, 15),
            Parent = reader.IsDBNull(17) ? null : (session.ReadId(reader, 17), session.ReadId(reader, 18)),
            Context = StoredJson.ReadDictionary<string>(Text(reader, 19)),
            Input = StoredJson.ReadElement(Text(reader, 20)),
        };
        var status = (BranchStatus)reader.GetInt16(10);
        return new BranchRecord(
            reader.IsDBNull(2) ? null : stored.Started(reader.GetInt64(2)),
            status == BranchStatus.Pending ? null : stored.Finished(
                reader.GetInt64(3), status, new TimeSpan(reader.GetInt64(12)), StoredJson.ReadError(Text(reader, 22)), Text(reader, 14),
                StoredJson.ReadDictionary<double>(Text(reader, 16)), StoredJson.ReadElement(Text(reader, 21))),
            StoredJson.ReadLate(Text(reader, 23)) is { } late
                ? stored.Late(late.Sequence, late.Status, new TimeSpan(late.Duration), late.Error, late.Metrics)
                : null,
            StoredJson.ReadCompared(Text(reader, 24))?.Read(stored));
    }

    private Config ConfigOf(DbDataReader reader)
    {
        var number = reader.GetInt32(8);
        return _configs.TryGetValue(number, out var config)
            ? config
            : _configs[number] = Config.FromJson(reader.GetString(7), reader.GetString(6));
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
