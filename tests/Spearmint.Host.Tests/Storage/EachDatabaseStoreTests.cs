using Spearmint.Host.Storage.Postgres;
using Spearmint.Host.Storage.Sql;
using Spearmint.Host.Storage.Sqlite;
using Spearmint.Host.Support;

namespace Spearmint.Host.Storage;

public sealed class SqliteStoreTests : DatabaseStoreTests, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _files;

    private protected override string NextPlace() => _folder[$"data/{++_files}.db"];

    private protected override SqlStore At(string place) => new SqliteStore(place, TimeProvider.System);

    public void Dispose() => _folder.Dispose();
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresStoreTests(PostgresServer server) : DatabaseStoreTests
{
    private protected override string NextPlace() => server.ConnectionString($"test_{Guid.NewGuid():N}");

    private protected override SqlStore At(string place) => new PostgresStore(place, TimeProvider.System);
}
