using Microsoft.Data.Sqlite;
using Spearmint.Domain;
using Spearmint.Host.Configuration;
using Spearmint.Host.Storage.Sqlite;
using Spearmint.Host.Support;

namespace Spearmint.Host.Storage;

/// <summary>What happens when SQLite does not take what it is given.</summary>
public sealed class SqliteFailureTests : IDisposable
{
    private static readonly SinkOptions OneAttempt = StorageExtensions.Feeding with { Attempts = 1 };

    private readonly TemporaryFolder _folder = new();

    private string File => _folder["spearmint.db"];

    [Fact]
    public async Task A_file_that_is_locked_for_a_while_loses_nothing()
    {
        await using var store = await StartAsync();
        await using var load = await StoreLoad.StartAsync(store, StorageExtensions.Feeding);
        await load.RunAsync(10);
        await load.FlushAsync();

        await using (var other = Open())
        {
            Execute(other, "BEGIN EXCLUSIVE");
            await load.RunAsync(100);
            Execute(other, "ROLLBACK");
        }

        await load.FlushAsync();
        await load.AssertCompleteAsync(store, nothingIsLost: true);
    }

    [Fact]
    public async Task A_full_disk_loses_what_it_does_not_take_and_says_how_much()
    {
        var isFull = false;
        await using var store = await StartAsync(connection => Execute(connection, $"PRAGMA max_page_count = {(isFull ? 1 : 1_000_000)}"));
        await using var load = await StoreLoad.StartAsync(store, OneAttempt);
        await load.RunAsync(10);
        await load.FlushAsync();

        // the connection is opened anew after a failure, and finds the disk as it is
        isFull = true;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.WriteAsync<int>(_ => throw new IOException("again"), CancellationToken.None));
        await load.RunAsync(600);
        await load.FlushAsync();
        isFull = false;
        await load.RunAsync(10);
        await load.FlushAsync();
        await load.RunAsync(10);
        await load.FlushAsync();

        await load.AssertCompleteAsync(store, nothingIsLost: false);
    }

    [Fact]
    public async Task A_second_process_is_refused_with_the_reason()
    {
        await using var store = await StartAsync();
        await using var second = new SqliteStore(File, TimeProvider.System);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => second.StartAsync(CancellationToken.None));

        Assert.Contains("another process keeps its branches there", refused.Message, StringComparison.Ordinal);
        Assert.Contains(File, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_on_the_same_folder_does_not_start()
    {
        await using var store = await StartAsync();
        await using var host = HostProcess.Start("Production", "--urls", "http://127.0.0.1:0", "--Spearmint:DataFolder", _folder.Path);

        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains("another process keeps its branches there", host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_an_error_that_names_it()
    {
        await System.IO.File.WriteAllTextAsync(File, string.Concat(Enumerable.Repeat("This is no database. ", 500)));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());

        Assert.Contains(File, refused.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Nobody_else_can_read_what_is_kept()
    {
        var file = _folder["made/by the store/spearmint.db"];
        await using var store = new SqliteStore(file, TimeProvider.System);
        await store.StartAsync(CancellationToken.None);
        await store.Sink.WriteAsync([RandomLog.Branch(1, RandomLog.Begin).Started(1)], CancellationToken.None);

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        Assert.All(Directory.GetFiles(Path.GetDirectoryName(file)!), made => Assert.Equal(Owner, System.IO.File.GetUnixFileMode(made)));
        Assert.Contains($"{file}-wal", Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<SqliteStore> StartAsync(Action<SqliteConnection>? onOpen = null)
    {
        var store = new SqliteStore(File, TimeProvider.System, onOpen);
        await store.StartAsync(CancellationToken.None);
        return store;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts are the test's own
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
