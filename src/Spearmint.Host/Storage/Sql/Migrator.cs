namespace Spearmint.Host.Storage.Sql;

/// <summary>Brings the tables to the version of this program.</summary>
internal static class Migrator
{
    /// <exception cref="InvalidOperationException">A later version of Spearmint has written the store.</exception>
    public static Task MigrateAsync(SqlSession session, SqlTypes types, string location, CancellationToken cancellationToken) => session.InTransactionAsync(
        async () =>
        {
            // a role that may only use the tables may not even say that one is to be made if it is not there
            if (!await session.HasAsync("schema_version", cancellationToken))
                await session.ExecuteScriptAsync("CREATE TABLE schema_version (version integer NOT NULL)", cancellationToken);
            var version = (int)(await session.NumberAsync("SELECT version FROM schema_version", cancellationToken) ?? 0);
            Schema.Require(version, location);
            if (version == Schema.Version)
                return;

            for (var from = version; from < Schema.Version; from++)
                await session.ExecuteScriptAsync(Schema.Migration(from, types), cancellationToken);
            await session.ExecuteAsync("DELETE FROM schema_version", cancellationToken);
            await session.ExecuteAsync("INSERT INTO schema_version (version) VALUES (@p0)", cancellationToken, Schema.Version);
        },
        cancellationToken);
}
