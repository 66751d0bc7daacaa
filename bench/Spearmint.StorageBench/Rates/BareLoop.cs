using Microsoft.Data.Sqlite;
using Npgsql;
using Spearmint.Domain;
using Spearmint.Host.Storage.Postgres;
using Spearmint.Host.Storage.Sql;
using Spearmint.Host.Storage.Sqlite;

namespace Spearmint.StorageBench.Rates;

/// <summary>The least that writing the same rows into the same tables takes: no events, no figures, no numbers to look up.</summary>
internal static class BareLoop
{
    /// <summary>The rows that batches become.</summary>
    public static Task<List<List<BranchValues>>> RowsAsync(SqlStore store, IEnumerable<List<ExperimentEvent>> batches) => store.WriteAsync(
        async session =>
        {
            var numbers = new Interner(session);
            var all = new List<List<BranchValues>>();
            foreach (var batch in batches)
            {
                var rows = BranchRow.Of(batch.OfType<BranchEvent>());
                await numbers.LearnAsync(rows, CancellationToken.None);
                all.Add([.. rows.Select(row => BranchMapper.Values(row, numbers, 1, session.BytesOfBranch))]);
            }

            return all;
        },
        CancellationToken.None);

    public static void Sqlite(string path, List<List<BranchValues>> batches)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        Execute(connection, "PRAGMA cache_size = -65536; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000");
        // by the calls that the store uses: what is measured is what comes on top of the inserts
        using var insert = new SqliteBranchWriter(connection);
        foreach (var batch in batches)
        {
            using var transaction = connection.BeginTransaction();
            insert.Write(batch);
            transaction.Commit();
        }
    }

    /// <summary>By the statement that the store uses, arrays of columns: one for all branches of a batch, one for their details.</summary>
    public static async Task PostgresAsync(string connectionString, List<List<BranchValues>> batches)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        foreach (var batch in batches)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await PostgresBranchWriter.WriteAsync(connection, batch, CancellationToken.None);
            await transaction.CommitAsync();
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts are the program's own
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
