using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Storage;

/// <summary>Keeps every branch, and gives back what was asked for. For any number of callers at once.</summary>
internal interface IBranchStore : IAsyncDisposable
{
    /// <summary>Takes the events.</summary>
    IBranchSink Sink { get; }

    /// <summary>Branches, newest first, without their inputs. A page ends too where its branches take some 16 MiB.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only those that come before this id; null to begin.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    Task<Page<BranchRecord>> ListBranchesAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken);

    /// <summary>Runs that have a branch which the filter holds for, newest first.</summary>
    /// <inheritdoc cref="ListBranchesAsync" />
    Task<Page<RunSummary>> ListRunsAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken);

    /// <summary>All branches of a run in the order of their ids; none where it is not known.</summary>
    Task<IReadOnlyList<BranchRecord>> GetRunAsync(Guid runId, CancellationToken cancellationToken);

    /// <summary>One branch, or null where it is not known.</summary>
    Task<BranchRecord?> GetBranchAsync(Guid branchId, CancellationToken cancellationToken);

    /// <summary>The configs of an experiment that anything is known of, oldest first.</summary>
    Task<IReadOnlyList<Config>> GetConfigsAsync(string experiment, CancellationToken cancellationToken);

    /// <summary>Figures by experiment, config and bucket, in this order; buckets without a branch are left out.</summary>
    Task<IReadOnlyList<ConfigBucket>> GetConfigBucketsAsync(StatisticsQuery query, CancellationToken cancellationToken);

    /// <summary>What came of comparisons, by experiment, pair and bucket; noise too. The query's config is the compared one.</summary>
    Task<IReadOnlyList<PairBucket>> GetPairBucketsAsync(StatisticsQuery query, CancellationToken cancellationToken);

    /// <summary>Branches that failed or timed out, by experiment, config and type of error, the most frequent first. The query's bucket means nothing.</summary>
    Task<IReadOnlyList<FailureGroup>> GetFailuresAsync(StatisticsQuery query, CancellationToken cancellationToken);

    /// <summary>The newest runs in which both configs have a branch that succeeded, failed or timed out, newest first; noise is left out.</summary>
    /// <param name="query">Which; its config means nothing.</param>
    /// <param name="one">The one config.</param>
    /// <param name="other">The other.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    Task<IReadOnlyList<PairedBranches>> GetPairsAsync(StatisticsQuery query, string one, string other, int limit, CancellationToken cancellationToken);

    Task<StorageStatus> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>Keeps what somebody has done. It is kept when the task ends.</summary>
    Task AddAuditAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>What was done, newest first.</summary>
    Task<Page<AuditEntry>> ListAuditAsync(Guid? before, int limit, CancellationToken cancellationToken);

    /// <summary>Takes the place of the answer to a run, before it runs; of any number of callers and processes one gets it.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="fingerprint">What the request is.</param>
    /// <param name="at">When it came.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What is there already; null where the place is the caller's.</returns>
    Task<KeptAnswer?> ReserveAnswerAsync(Guid runId, byte[] fingerprint, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Keeps the answer to a run whose place was taken. It is kept when the task ends.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">What was sent; null where that is too large.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task KeepAnswerAsync(Guid runId, int status, byte[]? body, CancellationToken cancellationToken);

    /// <summary>Gives the place of a run back that has not run.</summary>
    Task ForgetAnswerAsync(Guid runId, CancellationToken cancellationToken);
}
