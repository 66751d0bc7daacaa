namespace Spearmint.Host.Storage.Sql;

/// <summary>Reads how a store is doing.</summary>
internal sealed class StatusReader(SqlSession session)
{
    public async Task<StorageStatus> ReadAsync(SqlStore store, StoreWriter writer, CancellationToken cancellationToken)
    {
        var totals = (await session.QueryAsync(
            "SELECT name, value FROM totals", reader => KeyValuePair.Create(reader.GetString(0), reader.GetInt64(1)), cancellationToken)).ToDictionary();
        var pending = await session.NumberAsync("SELECT count(*) FROM branches WHERE status = 0 AND status <> 1", cancellationToken) ?? 0;
        var oldest = await session.NumberAsync("SELECT started_at FROM branches ORDER BY id LIMIT 1", cancellationToken);
        return new StorageStatus
        {
            Kind = store.Kind,
            Location = store.Location,
            SchemaVersion = Schema.Version,
            SizeBytes = await store.GetSizeAsync(session, cancellationToken),
            Branches = totals["ended"] + pending,
            OldestBranchAt = oldest is { } ticks ? StoredTime.Read(ticks) : null,
            RemovedByAge = totals["removed_by_age"],
            RemovedBySize = totals["removed_by_size"],
            RemovedUpTo = totals["removed_up_to"] is > 0 and var removed ? StoredTime.Read(removed) : null,
            LostEvents = totals["lost"],
            LastError = writer.LastError,
            LastWriteAt = writer.LastWriteAt,
        };
    }
}
