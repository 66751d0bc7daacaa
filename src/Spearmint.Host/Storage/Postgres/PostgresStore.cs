using Npgsql;
using Spearmint.Host.Storage.Sql;

namespace Spearmint.Host.Storage.Postgres;

/// <summary>Keeps every branch in PostgreSQL, in a schema of its own; several processes can share it.</summary>
internal sealed class PostgresStore : SqlStore
{
    private const string SchemaName = "spearmint";
    private const int CommandSeconds = 15;
    private const int AutoPrepared = 100;

    private readonly NpgsqlDataSource _source;
    private readonly string _schema;
    private bool _hasSchema;

    /// <param name="connectionString">As Npgsql reads it. Without a search path the tables are in the schema <c>spearmint</c>.</param>
    /// <param name="clock">Tells the time.</param>
    /// <exception cref="InvalidOperationException">The connection string cannot be read.</exception>
    public PostgresStore(string connectionString, TimeProvider clock)
        : base(clock)
    {
        var settings = Read(connectionString);
        settings.SearchPath ??= SchemaName;
        settings.ApplicationName ??= "spearmint";
        settings.MaxAutoPrepare = Math.Max(settings.MaxAutoPrepare, AutoPrepared);
        settings.CommandTimeout = Math.Min(settings.CommandTimeout, CommandSeconds);
        _schema = FirstOf(settings.SearchPath);
        Location = $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}";
        _source = new NpgsqlDataSourceBuilder(settings.ToString()).Build();
    }

    public override string Kind => "postgres";

    public override string Location { get; }

    public override SqlTypes Types { get; } = new("integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "uuid", "bytea", "");

    public override async Task<SqlSession> OpenWriterAsync(CancellationToken cancellationToken)
    {
        var session = new PostgresSession(await _source.OpenConnectionAsync(cancellationToken));
        try
        {
            if (!_hasSchema)
                await session.InTransactionAsync(() => CreateSchemaAsync(session, cancellationToken), cancellationToken);
            _hasSchema = true;
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public override async Task<long> GetSizeAsync(SqlSession session, CancellationToken cancellationToken) => await session.NumberAsync(
        "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r' AND relnamespace = @p0::regnamespace", cancellationToken,
        $"\"{_schema}\"") ?? 0;

    /// <inheritdoc />
    // what was open when the server went is broken, and would fail one call each
    public override void OnFailure() => _source.Clear();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _source.DisposeAsync();
    }

    public override async Task<SqlSession> OpenReaderAsync(CancellationToken cancellationToken) =>
        new PostgresSession(await _source.OpenConnectionAsync(cancellationToken));

    // looked for first, since not every role that may use it may make it; two that start at once come one after the other
    private async Task CreateSchemaAsync(PostgresSession session, CancellationToken cancellationToken)
    {
        if (await session.NumberAsync("SELECT count(*) FROM pg_namespace WHERE nspname = @p0", cancellationToken, _schema) == 0)
            await session.ExecuteScriptAsync($"CREATE SCHEMA \"{_schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", cancellationToken);
    }

    // PostgreSQL reads a name without quotes as lower-case
    private static string FirstOf(string searchPath) => searchPath.Split(',')[0].Trim() switch
    {
        ['"', .. var quoted, '"'] => quoted,
        var plain => plain.ToLowerInvariant(),
    };

    private static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException e)
        {
            // the text may hold a password, and is not repeated
            throw new InvalidOperationException(
                $"ConnectionStrings:Spearmint cannot be read ({e.Message}); it must be one of PostgreSQL, such as Host=localhost;Database=spearmint;Username=spearmint.");
        }
    }
}
