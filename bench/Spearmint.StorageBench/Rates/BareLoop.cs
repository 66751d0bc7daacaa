using Microsoft.Data.Sqlite;
using Npgsql;
using Spearmint.Domain;
using Spearmint.Host.Storage.Postgres;
using Spearmint.Host.Storage.Sql;

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
                all.Add([.. rows.Select(row => BranchMapper.Values(row, numbers, 1))]);
            }

            return all;
        },
        CancellationToken.None);

    public static void Sqlite(string path, List<List<BranchValues>> batches)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        Execute(connection, "PRAGMA cache_size = -65536; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000");
        using var branch = Prepare(connection, BranchSql.InsertBranches, BranchSql.Columns.Count);
        using var detail = Prepare(connection, BranchSql.InsertDetails, BranchSql.DetailColumns.Count);
        foreach (var batch in batches)
        {
            using var transaction = connection.BeginTransaction();
            branch.Transaction = detail.Transaction = transaction;
            foreach (var row in batch)
            {
                Run(
                    branch, row.Id.ToByteArray(bigEndian: true), row.RunId.ToByteArray(bigEndian: true), row.Session, row.StartedSequence, row.FinishedSequence,
                    row.Experiment, row.Strategy, row.Config, row.Role, row.Status, row.StartedAt, row.Duration, row.SettingsVersion, row.Verdict, row.ErrorType,
                    row.SkipReason, row.TraceId, row.Metrics, row.Size);
                if (row.Details is { } details)
                    Run(detail, row.Id.ToByteArray(bigEndian: true), null, null, details.Context, details.Input, details.Output, details.Error, details.Late, details.Compared);
            }

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

    private static SqliteCommand Prepare(SqliteConnection connection, string insert, int columns)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts are the program's own
        command.CommandText = $"{insert} VALUES ({string.Join(", ", Enumerable.Range(0, columns).Select(column => $"@{column}"))})";
#pragma warning restore CA2100
        for (var column = 0; column < columns; column++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"@{column}" });
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        command.ExecuteNonQuery();
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
