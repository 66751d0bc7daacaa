using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Storage.Sql;

/// <summary>Keeps every branch in a database.</summary>
internal abstract class SqlStore : IBranchStore
{
    private const int Readers = 8;

    private readonly SemaphoreSlim _readers = new(Readers, Readers);
    private readonly StoreWriter _writer;

    protected SqlStore(TimeProvider clock) => _writer = new StoreWriter(this, clock);

    public abstract string Kind { get; }

    /// <summary>Where it is, without a password.</summary>
    public abstract string Location { get; }

    /// <summary>What cannot be written is named here.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    public abstract SqlTypes Types { get; }

    public IBranchSink Sink => _writer;

    /// <summary>Makes the tables, or brings them to this version, and ends what another process has left.</summary>
    /// <exception cref="InvalidOperationException">The store cannot be used; the message says why.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _writer.OpenAsync(cancellationToken);
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw new InvalidOperationException($"The store {Location} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Opens a connection to write by.</summary>
    public abstract Task<SqlSession> OpenWriterAsync(CancellationToken cancellationToken);

    /// <summary>How many bytes the store has of the disk.</summary>
    public abstract Task<long> GetSizeAsync(SqlSession session, CancellationToken cancellationToken);

    /// <summary>Works on the connection of the writer, between two batches.</summary>
    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) => AnswerAsync(() => _writer.DoAsync(work, cancellationToken));

    public Task<Page<BranchRecord>> ListBranchesAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken) =>
        ReadAsync(session => new BranchSearch(session).BranchesAsync(filter, before, limit, cancellationToken), cancellationToken);

    public Task<Page<RunSummary>> ListRunsAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken) =>
        ReadAsync(session => new BranchSearch(session).RunsAsync(filter, before, limit, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<BranchRecord>> GetRunAsync(Guid runId, CancellationToken cancellationToken) =>
        ReadAsync(session => new BranchSearch(session).RunAsync(runId, cancellationToken), cancellationToken);

    public Task<BranchRecord?> GetBranchAsync(Guid branchId, CancellationToken cancellationToken) => ReadAsync(
        async session => await new RecordReader(session).ReadAsync([branchId], cancellationToken) is [var found] ? found : null, cancellationToken);

    public Task<IReadOnlyList<Config>> GetConfigsAsync(string experiment, CancellationToken cancellationToken) =>
        ReadAsync(session => new FigureReader(session).ConfigsOfAsync(experiment, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<ConfigBucket>> GetConfigBucketsAsync(StatisticsQuery query, CancellationToken cancellationToken) =>
        ReadAsync(session => new FigureReader(session).ConfigsAsync(query, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<PairBucket>> GetPairBucketsAsync(StatisticsQuery query, CancellationToken cancellationToken) =>
        ReadAsync(session => new FigureReader(session).PairsAsync(query, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<FailureGroup>> GetFailuresAsync(StatisticsQuery query, CancellationToken cancellationToken) =>
        ReadAsync(session => new FigureReader(session).FailuresAsync(query, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<PairedBranches>> GetPairsAsync(
        StatisticsQuery query, string one, string other, int limit, CancellationToken cancellationToken) =>
        ReadAsync(session => new FigureReader(session).PairedAsync(query, one, other, limit, cancellationToken), cancellationToken);

    public Task<StorageStatus> GetStatusAsync(CancellationToken cancellationToken) => ReadAsync(
        async session => await new StatusReader(session).ReadAsync(this, _writer, cancellationToken), cancellationToken);

    public Task AddAuditAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        WriteAsync(session => new AuditTable(session).AddAsync(entry, cancellationToken), cancellationToken);

    public Task<Page<AuditEntry>> ListAuditAsync(Guid? before, int limit, CancellationToken cancellationToken) =>
        ReadAsync(session => new AuditTable(session).ListAsync(before, limit, cancellationToken), cancellationToken);

    public Task<KeptAnswer?> ReserveAnswerAsync(Guid runId, byte[] fingerprint, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(session => new AnswerTable(session).ReserveAsync(runId, fingerprint, at, cancellationToken), cancellationToken);

    public Task KeepAnswerAsync(Guid runId, int status, byte[]? body, CancellationToken cancellationToken) =>
        WriteAsync(session => new AnswerTable(session).KeepAsync(runId, status, body, cancellationToken), cancellationToken);

    public Task ForgetAnswerAsync(Guid runId, CancellationToken cancellationToken) =>
        WriteAsync(session => new AnswerTable(session).ForgetAsync(runId, cancellationToken), cancellationToken);

    public virtual async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }

    /// <summary>Opens a connection to read by.</summary>
    public abstract Task<SqlSession> OpenReaderAsync(CancellationToken cancellationToken);

    /// <summary>A connection has failed, and others may be broken too.</summary>
    public virtual void OnFailure()
    {
    }

    private async Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken cancellationToken)
    {
        await _readers.WaitAsync(cancellationToken);
        try
        {
            return await AnswerAsync(async () =>
            {
                await using var session = await OpenReaderAsync(cancellationToken);
                return await session.ReadAsync(() => read(session), cancellationToken);
            });
        }
        finally
        {
            _readers.Release();
        }
    }

    private async Task<T> AnswerAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (IsFailure(e))
        {
            OnFailure();
            throw new StorageUnavailableException($"The store {Location} does not answer: {e.Message}", e);
        }
    }

    private static bool IsFailure(Exception e) => e is DbException or IOException or TimeoutException or UnauthorizedAccessException;
}
