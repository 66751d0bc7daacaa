using System.Data.Common;
using Microsoft.Data.Sqlite;
using Spearmint.Host.Storage.Sql;

namespace Spearmint.Host.Storage.Sqlite;

/// <summary>A connection to a SQLite file; its statements stay prepared.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : SqlSession(connection)
{
    // statements are few, but lists of ids differ in length
    private const int Kept = 100;

    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);
    private readonly SqliteConnection _connection = connection;
    private SqliteBranchWriter? _branches;

    public override int BytesOfBranch => 200;

    public override object Id(Guid id) => id.ToByteArray(bigEndian: true);

    public override Guid ReadId(DbDataReader reader, int column) => new(reader.GetFieldValue<byte[]>(column), bigEndian: true);

    public override string Metric(string name, string condition) =>
        $"EXISTS (SELECT 1 FROM json_each(b.metrics) m WHERE m.key = {name} AND {condition.Replace("{value}", "m.value", StringComparison.Ordinal)})";

    public override Task<IReadOnlyList<int>> ExecuteManyAsync(string sql, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var command = Statement(sql);
        var changed = new int[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            Bind(command, rows[row]);
            changed[row] = command.ExecuteNonQuery();
        }

        return Task.FromResult<IReadOnlyList<int>>(changed);
    }

    public override Task<List<T>> QueryManyAsync<T>(
        string sql, IReadOnlyList<object?[]> rows, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var command = Statement(sql);
        var found = new List<T>();
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Bind(command, row);
            using var reader = command.ExecuteReader();
            while (reader.Read())
                found.Add(read(reader));
        }

        return Task.FromResult(found);
    }

    public override Task WriteBranchesAsync(IReadOnlyList<BranchValues> branches, CancellationToken cancellationToken)
    {
        (_branches ??= new SqliteBranchWriter(_connection)).Write(branches);
        return Task.CompletedTask;
    }

    public override async Task<bool> HasAsync(string table, CancellationToken cancellationToken) =>
        await NumberAsync("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @p0", cancellationToken, table) > 0;

    /// <inheritdoc />
    // the file belongs to one process
    public override Task HoldAsync(int id, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<bool> TryTakeAsync(int id, CancellationToken cancellationToken) => Task.FromResult(true);

    public override Task GiveBackAsync(int id, CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        _branches?.Dispose();
        foreach (var statement in _statements.Values)
            statement.Dispose();
        return base.DisposeAsync();
    }

    // immediate, so that a transaction waits for the lock where it begins and not in its middle
    protected override Task<DbTransaction> BeginAsync(CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(_connection.BeginTransaction(deferred: false));

    protected override Task<DbTransaction> BeginReadingAsync(CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(_connection.BeginTransaction(deferred: true));

    private SqliteCommand Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            if (_statements.Count == Kept)
            {
                foreach (var statement in _statements.Values)
                    statement.Dispose();
                _statements.Clear();
            }

            command = _connection.CreateCommand();
            command.CommandText = sql;
            _statements[sql] = command;
        }

        command.Transaction = (SqliteTransaction?)Transaction;
        return command;
    }

    private static void Bind(SqliteCommand command, object?[] values)
    {
        for (var index = command.Parameters.Count; index < values.Length; index++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{index}" });
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
    }
}
