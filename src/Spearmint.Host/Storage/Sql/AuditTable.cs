using System.Globalization;

namespace Spearmint.Host.Storage.Sql;

/// <summary>What somebody has done.</summary>
internal sealed class AuditTable(SqlSession session)
{
    public Task<int> AddAsync(AuditEntry entry, CancellationToken cancellationToken) => session.ExecuteAsync(
        "INSERT INTO audit (id, at, who, action, subject, details) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)", cancellationToken,
        session.Id(entry.Id), StoredTime.Of(entry.At), StoredText.Of(entry.Who), StoredText.Of(entry.Action), StoredText.Of(entry.Subject),
        StoredText.Of(entry.Details));

    public async Task<Page<AuditEntry>> ListAsync(Guid? before, int limit, CancellationToken cancellationToken)
    {
        var found = await session.QueryAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT id, at, who, action, subject, details FROM audit {(before is null ? "" : "WHERE id < @p0")} ORDER BY id DESC LIMIT {limit + 1}"),
            reader => new AuditEntry(
                session.ReadId(reader, 0), StoredTime.Read(reader.GetInt64(1)), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5)),
            cancellationToken,
            before is { } id ? [session.Id(id)] : []);
        return found.Count > limit ? new Page<AuditEntry>([.. found.Take(limit)], found[limit - 1].Id) : new Page<AuditEntry>(found, Next: null);
    }
}
