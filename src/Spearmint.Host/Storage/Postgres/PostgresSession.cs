using System.Data.Common;
using Npgsql;
using Spearmint.Host.Storage.Sql;

namespace Spearmint.Host.Storage.Postgres;

/// <summary>A connection to PostgreSQL: statements that run often go in one round trip.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : SqlSession(connection)
{
    // any number that others are not likely to take: "spearmin"
    private const long WriterLock = 0x7370656172_6D696E;

    // a few thousand of them would fill the buffers of both sides
    private const int MostAtOnce = 500;

    // numbers of sessions are those of a schema, and locks those of a database
    private const string LockOf = "hashtext('spearmint ' || current_schema()), @p0";

    private const int SecondsToLetGo = 2;

    private readonly NpgsqlConnection _connection = connection;
    private bool _holds;

    public override int BytesOfBranch => 420;

    public override object Id(Guid id) => id;

    public override Guid ReadId(DbDataReader reader, int column) => reader.GetGuid(column);

    public override string Metric(string name, string condition) =>
        $"({condition.Replace("{value}", $"(b.metrics::json ->> {name})::float8", StringComparison.Ordinal)})";

    public override async Task<IReadOnlyList<int>> ExecuteManyAsync(string sql, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var changed = new List<int>(rows.Count);
        foreach (var part in rows.Chunk(MostAtOnce))
        {
            await using var batch = Batch(sql, part);
            await batch.ExecuteNonQueryAsync(cancellationToken);
            foreach (var command in batch.BatchCommands)
                changed.Add((int)command.RecordsAffected);
        }

        return changed;
    }

    public override async Task<List<T>> QueryManyAsync<T>(
        string sql, IReadOnlyList<object?[]> rows, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        foreach (var part in rows.Chunk(MostAtOnce))
        {
            await using var batch = Batch(sql, part);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            do
            {
                while (await reader.ReadAsync(cancellationToken))
                    found.Add(read(reader));
            }
            while (await reader.NextResultAsync(cancellationToken));
        }

        return found;
    }

    public override Task WriteBranchesAsync(IReadOnlyList<BranchValues> branches, CancellationToken cancellationToken) =>
        PostgresBranchWriter.WriteAsync(_connection, branches, cancellationToken);

    public override async Task<bool> HasAsync(string table, CancellationToken cancellationToken) =>
        await NumberAsync("SELECT count(*) FROM pg_class WHERE oid = to_regclass(@p0)", cancellationToken, table) > 0;

    /// <inheritdoc />
    // shared, since the server may not know yet that a connection before this one has gone
    public override async Task HoldAsync(int id, CancellationToken cancellationToken)
    {
        _holds = true;
        await RunAsync($"SELECT pg_advisory_lock_shared({LockOf})::text IS NOT NULL", id, cancellationToken);
    }

    public override async Task<bool> TryTakeAsync(int id, CancellationToken cancellationToken) =>
        await RunAsync($"SELECT pg_try_advisory_lock({LockOf})", id, cancellationToken) is true;

    public override Task GiveBackAsync(int id, CancellationToken cancellationToken) =>
        RunAsync($"SELECT pg_advisory_unlock({LockOf})", id, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        if (_holds)
            await LetGoAsync();
        await base.DisposeAsync();
    }

    // one writer at a time, of all processes: figures are read, added to and written
    protected override async Task<DbTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var transaction = await _connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({WriterLock})", _connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    protected override async Task<DbTransaction> BeginReadingAsync(CancellationToken cancellationToken) =>
        await _connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);

    // back in the pool it would hold on
    private async Task LetGoAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", _connection) { CommandTimeout = SecondsToLetGo };
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            // broken: the server lets go of what a connection held that is gone
        }

        NpgsqlConnection.ClearPool(_connection);
    }

    private async Task<bool?> RunAsync(string sql, int id, CancellationToken cancellationToken) =>
        (await QueryAsync(sql, reader => reader.GetValue(0) as bool?, cancellationToken, id))[0];

    private NpgsqlBatch Batch(string sql, IReadOnlyList<object?[]> rows)
    {
        var batch = new NpgsqlBatch(_connection);
        foreach (var row in rows)
        {
            var command = new NpgsqlBatchCommand(sql);
            for (var index = 0; index < row.Length; index++)
                command.Parameters.Add(new NpgsqlParameter($"p{index}", row[index] ?? DBNull.Value));
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
