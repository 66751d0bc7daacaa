using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Spearmint.Host.Storage.Sqlite;

/// <summary>
/// A statement that is run for each branch, by SQLite's own calls: a command of Microsoft.Data.Sqlite boxes every value and looks up every
/// parameter each time, which takes as long as the insert.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly byte[] _id = new byte[16];
    private int _bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, sql, out _statement), _database);
    }

    /// <summary>Binds the next value.</summary>
    public void Bind(long value) => Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));

    public void Bind(long? value)
    {
        if (value is { } number)
            Bind(number);
        else
            BindNull();
    }

    public void Bind(Guid value)
    {
        value.TryWriteBytes(_id, bigEndian: true, out _);
        Check(raw.sqlite3_bind_blob(_statement, ++_bound, _id));
    }

    public void Bind(Guid? value)
    {
        if (value is { } id)
            Bind(id);
        else
            BindNull();
    }

    public void Bind(string? value)
    {
        if (value is null)
            BindNull();
        else
            Check(raw.sqlite3_bind_text(_statement, ++_bound, value));
    }

    /// <summary>Runs it with what is bound.</summary>
    public void Run()
    {
        _bound = 0;
        var code = raw.sqlite3_step(_statement);

        // what the step has found is said again
        raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(code, _database);
    }

    public void Dispose() => _statement.Dispose();

    private void BindNull() => Check(raw.sqlite3_bind_null(_statement, ++_bound));

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, _database);
    }
}
