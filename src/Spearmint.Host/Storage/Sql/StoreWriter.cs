using Spearmint.Domain;

namespace Spearmint.Host.Storage.Sql;

/// <summary>The one writer of a store: takes the events, and lets others work between two batches. After a failure it begins with a new connection.</summary>
internal sealed partial class StoreWriter(SqlStore store, TimeProvider clock) : IBranchSink, IAsyncDisposable
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

    /// <remarks>What cannot be written is looked for by halves, and left out alone: a gap is in its place.</remarks>
    public async Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        var leftOut = new List<(ExperimentEvent Event, string Reason)>();
        try
        {
            await WriteAsync(batch, leftOut, cancellationToken);
        }
        finally
        {
            if (leftOut.Count > 0)
                LogLeftOut(store.Logger, leftOut.Count, batch.Count, leftOut[0].Event.GetType().Name, (leftOut[0].Event as BranchEvent)?.BranchId, leftOut[0].Reason);
        }
    }

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

    private async Task WriteAsync(
        IReadOnlyList<ExperimentEvent> batch, List<(ExperimentEvent Event, string Reason)> leftOut, CancellationToken cancellationToken)
    {
        try
        {
            await WriteWholeAsync(batch, cancellationToken);
        }
        catch (Exception e) when (StoreFailure.IsOfEvents(e) && batch is not [EventsDropped])
        {
            if (batch is [var odd])
            {
                await WriteWholeAsync([new EventsDropped(odd.Sequence, odd.Sequence, DropReasons.Failed)], cancellationToken);
                leftOut.Add((odd, e.Message));
                return;
            }

            var half = batch.Count / 2;
            await WriteAsync([.. batch.Take(half)], leftOut, cancellationToken);
            await WriteAsync([.. batch.Skip(half)], leftOut, cancellationToken);
        }
    }

    private Task<bool> WriteWholeAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            await _batches!.WriteAsync(batch, cancellationToken);
            LastWriteAt = clock.GetUtcNow();
            return true;
        },
        cancellationToken);

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
        if (_id is { } known)
            await _session.HoldAsync(known, cancellationToken);
        else
            _id = await BeginAsync(_session, cancellationToken);

        _batches = new BatchWriter(_session, _id.Value, clock);
        if (_isReady)
            return;

        await new DeadSessions(_session, _batches).EndAsync(_id.Value, clock.GetUtcNow(), cancellationToken);
        _isReady = true;
    }

    private async Task<int> BeginAsync(SqlSession session, CancellationToken cancellationToken)
    {
        await Migrator.MigrateAsync(session, store.Types, store.Location, cancellationToken);
        var id = 0;
        await session.InTransactionAsync(
            async () =>
            {
                id = (await session.QueryAsync(
                    "INSERT INTO sessions (host, pid, started_at, last_sequence) VALUES (@p0, @p1, @p2, 0) RETURNING id", reader => reader.GetInt32(0),
                    cancellationToken, StoredText.Of(Environment.MachineName), Environment.ProcessId, StoredTime.Of(clock.GetUtcNow())))[0];

                // before others can see it
                await session.HoldAsync(id, cancellationToken);
            },
            cancellationToken);
        return id;
    }

    private async Task CloseAsync()
    {
        var session = _session;
        _session = null;
        _batches = null;
        if (session is not null)
            await session.DisposeAsync();
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{LeftOut} of {Events} events cannot be written and were left out; the first is {Kind} of the branch {BranchId}: {Reason}")]
    private static partial void LogLeftOut(ILogger logger, int leftOut, int events, string kind, Guid? branchId, string reason);
}
