using System.Data.Common;
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

    /// <summary>Whether no other process can have the store.</summary>
    public abstract bool IsSoleOwner { get; }

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

    /// <summary>How many bytes the store takes: for its limit, what it uses; for its status, what it has.</summary>
    public abstract Task<StoreSize> GetSizeAsync(SqlSession session, CancellationToken cancellationToken);

    /// <summary>Works on the connection of the writer, between two batches.</summary>
    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) => AnswerAsync(() => _writer.DoAsync(work, cancellationToken));

    public Task<Page<BranchRecord>> ListBranchesAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken) =>
        ReadAsync(session => new BranchSearch(session).BranchesAsync(filter, before, limit, cancellationToken), cancellationToken);

    public Task<Page<IReadOnlyList<BranchRecord>>> ListRunsAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken) =>
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

    public virtual async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }

    /// <summary>Opens a connection to read by.</summary>
    protected abstract Task<SqlSession> OpenReaderAsync(CancellationToken cancellationToken);

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
                return await read(session);
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

/// <summary>How much room a store takes.</summary>
/// <param name="Used">What its rows use, in bytes: what the limit is for.</param>
/// <param name="Held">What it has of the disk, in bytes.</param>
internal sealed record StoreSize(long Used, long Held);
