using System.Diagnostics;
using Npgsql;
using Spearmint.Host.Support;

namespace Spearmint.Host.Storage;

/// <summary>A PostgreSQL of the tests' own in a temporary folder, or the one that <c>SPEARMINT_TEST_POSTGRES</c> names.</summary>
public sealed class PostgresServer : IAsyncLifetime, IDisposable
{
    public const string Variable = "SPEARMINT_TEST_POSTGRES";

    private static readonly string? Given = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : null;
    private static readonly string? Programs = FindPrograms();

    private readonly TemporaryFolder _folder = new();
    private bool _isRunning;

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Missing =>
        Given is not null || Programs is not null ? null : $"There is no PostgreSQL: neither initdb and pg_ctl in the PATH or under /usr/lib/postgresql, nor {Variable}.";

    /// <summary>Why none can be stopped and started again; null where one can.</summary>
    public static string? NoneOfOwn => Programs is null ? "There are no initdb and pg_ctl in the PATH or under /usr/lib/postgresql." : null;

    /// <summary>How a database is reached whose tables are in a schema of their own.</summary>
    /// <param name="schema">Its name.</param>
    /// <param name="own">Whether it is the one in the temporary folder, whatever was given.</param>
    public string ConnectionString(string schema, bool own = false) => new NpgsqlConnectionStringBuilder(
        own || Given is null ? $"Host={_folder.Path};Database=postgres;Username=postgres" : Given)
    {
        SearchPath = schema,
    }.ToString();

    public async Task InitializeAsync()
    {
        if (Missing is null && Given is null)
            await CreateAsync();
    }

    public async Task CreateAsync()
    {
        if (Environment.UserName == "root")
            await RunAsync("chown", "postgres", _folder.Path);
        await RunAsPostgresAsync("initdb", "-D", _folder["data"], "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8");
        await StartAsync();
    }

    public async Task StartAsync()
    {
        await RunAsPostgresAsync(
            "pg_ctl", "-D", _folder["data"], "-w", "-l", _folder["log"], "-o", $"-k {_folder.Path} -c listen_addresses= -c fsync=off", "start");
        _isRunning = true;
    }

    /// <summary>Ends it as a crash does.</summary>
    public async Task StopAsync()
    {
        _isRunning = false;
        await RunAsPostgresAsync("pg_ctl", "-D", _folder["data"], "-w", "-m", "immediate", "stop");
    }

    public async Task DisposeAsync()
    {
        if (_isRunning)
            await StopAsync();
        NpgsqlConnection.ClearAllPools();
    }

    public void Dispose() => _folder.Dispose();

    private static string? FindPrograms()
    {
        string[] folders =
        [
            .. Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : [],
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        ];
        return OperatingSystem.IsWindows()
            ? null
            : Array.Find(folders, folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    // PostgreSQL does not run as root
    private static Task RunAsPostgresAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        return Environment.UserName == "root" ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // what it starts would keep a pipe of ours open
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
        })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}

[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's word
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
#pragma warning restore CA1711
{
    public const string Name = "postgres";
}
