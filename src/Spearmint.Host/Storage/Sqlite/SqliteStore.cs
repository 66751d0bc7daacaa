using Microsoft.Data.Sqlite;
using Spearmint.Host.Storage.Sql;

namespace Spearmint.Host.Storage.Sqlite;

/// <summary>Keeps every branch in a SQLite file that one process owns.</summary>
internal sealed class SqliteStore : SqlStore
{
    private const int BusySeconds = 5;

    // in KiB: the leaves of the indexes that are written to stay in memory, and readers are many
    private const string WriterCache = "PRAGMA cache_size = -65536";
    private const string ReaderCache = "PRAGMA cache_size = -8192";

    private readonly string _path;
    private readonly Action<SqliteConnection>? _onOpen;
    private FileStream? _owner;

    /// <param name="path">The file; its folder is made.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="onOpen">Sees the connection of the writer, for tests.</param>
    public SqliteStore(string path, TimeProvider clock, Action<SqliteConnection>? onOpen = null)
        : base(clock)
    {
        _path = Path.GetFullPath(path);
        _onOpen = onOpen;
    }

    public override string Kind => "sqlite";

    public override string Location => _path;

    public override SqlTypes Types { get; } = new("integer PRIMARY KEY", "blob", "blob", "WITHOUT ROWID");

    public override async Task<SqlSession> OpenWriterAsync(CancellationToken cancellationToken)
    {
        OwnerOnly.CreateFolder(Path.GetDirectoryName(_path)!);
        _owner ??= Own();
        await using (OwnerOnly.Open(_path, FileShare.ReadWrite | FileShare.Delete))
        {
            // SQLite gives its log the rights of the file
        }

        var connection = await OpenAsync(pooling: false, cancellationToken);
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000");
        _onOpen?.Invoke(connection);
        return new SqliteSession(connection);
    }

    public override async Task<long> GetSizeAsync(SqlSession session, CancellationToken cancellationToken)
    {
        var pageSize = await session.NumberAsync("PRAGMA page_size", cancellationToken) ?? 0;
        var pages = await session.NumberAsync("PRAGMA page_count", cancellationToken) ?? 0;
        var log = new FileInfo($"{_path}-wal");
        return (pages * pageSize) + (log.Exists ? log.Length : 0);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        using (var any = Connection(pooling: true))
            SqliteConnection.ClearPool(any);
        if (_owner is not null)
            await _owner.DisposeAsync();
    }

    public override async Task<SqlSession> OpenReaderAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
            throw new FileNotFoundException($"There is no file {_path}.", _path);

        return new SqliteSession(await OpenAsync(pooling: true, cancellationToken));
    }

    // two processes would each end the branches of the other; the system lets go of the lock however a process ends
    private FileStream Own()
    {
        try
        {
            return OwnerOnly.Open($"{_path}.lock", FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"another process keeps its branches there. End it, or choose another folder (Spearmint:DataFolder). ({e.Message})", e);
        }
    }

    private async Task<SqliteConnection> OpenAsync(bool pooling, CancellationToken cancellationToken)
    {
        var connection = Connection(pooling);
        try
        {
            await connection.OpenAsync(cancellationToken);
            Execute(connection, pooling ? ReaderCache : WriterCache);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private SqliteConnection Connection(bool pooling) => new(new SqliteConnectionStringBuilder
    {
        DataSource = _path,
        DefaultTimeout = BusySeconds,
        Pooling = pooling,
    }.ToString());

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts are the program's own
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
