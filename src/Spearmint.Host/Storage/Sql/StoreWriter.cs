using Spearmint.Domain;

namespace Spearmint.Host.Storage.Sql;

/// <summary>The one writer of a store: takes the events, and lets others work between two batches. After a failure it begins with a new connection.</summary>
internal sealed class StoreWriter(SqlStore store, TimeProvider clock) : IBranchSink, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SqlSession? _session;
    private BatchWriter? _batches;
    private int? _id;
    private bool _isReady;
    private bool _isClosed;

    /// <summary>What the last failure said; null where there was none.</summary>
    public string? LastError { get; private set; }

    /// <summary>When a batch was written last.</summary>
    public DateTimeOffset? LastWriteAt { get; private set; }

    public async Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken) => await InTurnAsync(
        async () =>
        {
            await _batches!.WriteAsync(batch, cancellationToken);
            LastWriteAt = clock.GetUtcNow();
            return true;
        },
        cancellationToken);

    public Task OpenAsync(CancellationToken cancellationToken) => InTurnAsync(() => Task.FromResult(true), cancellationToken);

    public Task<T> DoAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) => InTurnAsync(() => work(_session!), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
            return;

        _isClosed = true;
        await _turn.WaitAsync();
        try
        {
            if (_session is { } session && _id is { } id)
                await session.ExecuteAsync("UPDATE sessions SET ended_at = @p1 WHERE id = @p0", CancellationToken.None, id, StoredTime.Of(clock.GetUtcNow()));
        }
        catch (Exception e)
        {
            // the next start finds out by itself
            LastError = e.Message;
        }

        await CloseAsync();
        _turn.Dispose();
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await ConnectAsync(cancellationToken);
            return await work();
        }
        catch (Exception e)
        {
            LastError = e.Message;
            await CloseAsync();
            store.OnFailure();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (_session is not null)
            return;

        _session = await store.OpenWriterAsync(cancellationToken);
        if (_id is null)
        {
            await Migrator.MigrateAsync(_session, store.Types, store.Location, cancellationToken);
            _id = await BeginAsync(_session, cancellationToken);
        }

        _batches = new BatchWriter(_session, _id.Value);
        if (_isReady)
            return;

        await new DeadSessions(_session, _batches).EndAsync(_id.Value, store.IsSoleOwner, clock.GetUtcNow(), cancellationToken);
        _isReady = true;
    }

    private async Task<int> BeginAsync(SqlSession session, CancellationToken cancellationToken)
    {
        var ids = await session.QueryAsync(
            "INSERT INTO sessions (host, pid, started_at, last_sequence) VALUES (@p0, @p1, @p2, 0) RETURNING id", reader => reader.GetInt32(0), cancellationToken,
            StoredText.Of(Environment.MachineName), Environment.ProcessId, StoredTime.Of(clock.GetUtcNow()));
        return ids[0];
    }

    private async Task CloseAsync()
    {
        var session = _session;
        _session = null;
        _batches = null;
        if (session is not null)
            await session.DisposeAsync();
    }
}
