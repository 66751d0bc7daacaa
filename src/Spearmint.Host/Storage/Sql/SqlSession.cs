using System.Data.Common;

namespace Spearmint.Host.Storage.Sql;

/// <summary>One connection, and what the two databases do differently on it. Parameters are named <c>@p0</c> and on. For one caller at a time.</summary>
internal abstract class SqlSession(DbConnection connection) : IAsyncDisposable
{
    protected DbConnection Connection => connection;

    protected DbTransaction? Transaction { get; private set; }

    /// <summary>About how many bytes a branch takes beside its texts: the numbers, the ids and the indexes, as measured.</summary>
    public abstract int BytesOfBranch { get; }

    /// <summary>An id as this database takes it.</summary>
    public abstract object Id(Guid id);

    public abstract Guid ReadId(DbDataReader reader, int column);

    /// <summary>Whether a metric of the branch <c>b</c> is in a range: an expression on the name <c>{name}</c>, and on the value <c>{value}</c>.</summary>
    public abstract string Metric(string name, string condition);

    /// <summary>Runs a statement once for each row of values.</summary>
    /// <returns>How many rows each has changed.</returns>
    public abstract Task<IReadOnlyList<int>> ExecuteManyAsync(string sql, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Asks once for each row of values; the answers come in this order.</summary>
    public abstract Task<List<T>> QueryManyAsync<T>(
        string sql, IReadOnlyList<object?[]> rows, Func<DbDataReader, T> read, CancellationToken cancellationToken);

    /// <summary>Inserts branches, and ends those that are there already.</summary>
    public abstract Task WriteBranchesAsync(IReadOnlyList<BranchValues> branches, CancellationToken cancellationToken);

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        (await ExecuteManyAsync(sql, [values], cancellationToken))[0];

    public Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params object?[] values) =>
        QueryManyAsync(sql, [values], read, cancellationToken);

    public async Task<long?> NumberAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        var found = await QueryAsync(sql, reader => reader.IsDBNull(0) ? (long?)null : reader.GetInt64(0), cancellationToken, values);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>Runs statements that take no values.</summary>
    public async Task ExecuteScriptAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts are the program's own
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = Transaction;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Does all of it or nothing.</summary>
    public async Task InTransactionAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(cancellationToken);
        Transaction = transaction;
        try
        {
            await work();
            await transaction.CommitAsync(cancellationToken);
        }
        finally
        {
            Transaction = null;
        }
    }

    /// <summary>Reads all of it as it is at one moment.</summary>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginReadingAsync(cancellationToken);
        Transaction = transaction;
        try
        {
            return await read();
        }
        finally
        {
            Transaction = null;
        }
    }

    /// <summary>Whether a table is there.</summary>
    public abstract Task<bool> HasAsync(string table, CancellationToken cancellationToken);

    /// <summary>Shows others that the process lives which a row of <c>sessions</c> is of, for as long as this connection does.</summary>
    public abstract Task HoldAsync(int id, CancellationToken cancellationToken);

    /// <summary>Takes what nobody holds: the process is not there any more.</summary>
    public abstract Task<bool> TryTakeAsync(int id, CancellationToken cancellationToken);

    /// <summary>Gives back what was taken.</summary>
    public abstract Task GiveBackAsync(int id, CancellationToken cancellationToken);

    public virtual ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>Begins a transaction that no other writer's overlaps.</summary>
    protected abstract Task<DbTransaction> BeginAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction that sees one state.</summary>
    protected abstract Task<DbTransaction> BeginReadingAsync(CancellationToken cancellationToken);
}
