using Spearmint.Domain;
using Spearmint.Host.Storage.Figures;
using Spearmint.Sinks;

namespace Spearmint.Host.Storage.Memory;

/// <summary>Keeps the latest branches in memory, and nothing after the end of the process. Figures are those of the branches that are kept.</summary>
/// <param name="capacity">How many branches are kept, at least 1.</param>
internal sealed class MemoryStore(int capacity) : IBranchStore
{
    private const int MaxAudit = 10_000;
    private const int MaxBranchesOfRun = 1000;

    private readonly InMemorySink _sink = new(capacity);
    private readonly Lock _auditGate = new();
    private readonly Queue<AuditEntry> _audit = new();
    private readonly MemoryAnswers _answers = new();

    public IBranchSink Sink => _sink;

    public Task<Page<BranchRecord>> ListBranchesAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken)
    {
        var found = NewestFirst().Where(record => IsBefore(record.BranchId, before) && filter.HoldsFor(record)).Take(limit + 1).ToList();
        return Task.FromResult(PageOf(found, limit, record => record.BranchId));
    }

    public Task<Page<RunSummary>> ListRunsAsync(BranchFilter filter, Guid? before, int limit, CancellationToken cancellationToken)
    {
        var all = NewestFirst();
        var runs = all.ToLookup(record => record.RunId);
        var newest = all.Where(filter.HoldsFor).DistinctBy(record => record.RunId).Where(record => IsBefore(record.BranchId, before)).Take(limit + 1).ToList();
        var page = PageOf(newest, limit, record => record.BranchId);
        return Task.FromResult(new Page<RunSummary>([.. page.Items.Select(record => RunSummary.Of(Run(runs[record.RunId])))], page.Next));
    }

    public Task<IReadOnlyList<BranchRecord>> GetRunAsync(Guid runId, CancellationToken cancellationToken) => Task.FromResult(Run(_sink.Find(runId)));

    public Task<BranchRecord?> GetBranchAsync(Guid branchId, CancellationToken cancellationToken) =>
        Task.FromResult(_sink.Find().FirstOrDefault(record => record.BranchId == branchId));

    public Task<IReadOnlyList<Config>> GetConfigsAsync(string experiment, CancellationToken cancellationToken)
    {
        // in the order of their first branch, with the values of their last
        var byId = _sink.Find(experiment: experiment).Reverse().GroupBy(record => record.ConfigId);
        return Task.FromResult<IReadOnlyList<Config>>([.. byId.Select(config => Config.FromJson(config.Last().ConfigValues.GetRawText(), config.Key))]);
    }

    public Task<IReadOnlyList<ConfigBucket>> GetConfigBucketsAsync(StatisticsQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(Count(query).Configs);

    public Task<IReadOnlyList<PairBucket>> GetPairBucketsAsync(StatisticsQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(Count(query).Pairs);

    public Task<IReadOnlyList<FailureGroup>> GetFailuresAsync(StatisticsQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(Count(query with { Bucket = null }).ReadFailures());

    public Task<IReadOnlyList<PairedBranches>> GetPairsAsync(
        StatisticsQuery query, string one, string other, int limit, CancellationToken cancellationToken)
    {
        var range = new MinuteRange(query);
        var wanted = NewestFirst().Where(record =>
            (query.Experiment is null || record.Experiment == query.Experiment)
            && record.Status.HasRun() && record.Role != BranchRole.Noise && range.Contains(record.StartedAt)).ToList();
        var others = wanted.Where(record => record.ConfigId == other).ToLookup(record => record.RunId);
        return Task.FromResult<IReadOnlyList<PairedBranches>>([.. wanted
            .Where(record => record.ConfigId == one)
            .DistinctBy(record => record.RunId)
            .Where(record => others.Contains(record.RunId))
            .Select(record => new PairedBranches(record.RunId, InShort(record), InShort(others[record.RunId].First())))
            .Take(limit)]);
    }

    public Task<StorageStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        var kept = _sink.Find();
        return Task.FromResult(new StorageStatus
        {
            Kind = "none",
            Location = "memory",
            Branches = kept.Count,
            OldestBranchAt = kept.Count > 0 ? kept[^1].StartedAt : null,
            RemovedBySize = _sink.Evicted,
            LostEvents = _sink.Lost,
        });
    }

    public Task AddAuditAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        lock (_auditGate)
        {
            _audit.Enqueue(entry);
            if (_audit.Count > MaxAudit)
                _audit.Dequeue();
        }

        return Task.CompletedTask;
    }

    public Task<Page<AuditEntry>> ListAuditAsync(Guid? before, int limit, CancellationToken cancellationToken)
    {
        lock (_auditGate)
        {
            var found = _audit.Where(entry => IsBefore(entry.Id, before)).OrderByDescending(entry => entry.Id).Take(limit + 1).ToList();
            return Task.FromResult(PageOf(found, limit, entry => entry.Id));
        }
    }

    public Task<KeptAnswer?> ReserveAnswerAsync(Guid runId, byte[] fingerprint, DateTimeOffset at, CancellationToken cancellationToken) =>
        Task.FromResult(_answers.Reserve(runId, fingerprint));

    public Task KeepAnswerAsync(Guid runId, int status, byte[]? body, CancellationToken cancellationToken)
    {
        _answers.Keep(runId, status, body);
        return Task.CompletedTask;
    }

    public Task ForgetAnswerAsync(Guid runId, CancellationToken cancellationToken)
    {
        _answers.Forget(runId);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private FigureCounter Count(StatisticsQuery query)
    {
        var range = new MinuteRange(query);
        var figures = new FigureCounter(range.BucketOf);
        foreach (var record in _sink.Find(experiment: query.Experiment, configId: query.ConfigId).Where(record => range.Contains(record.StartedAt)))
        {
            if (record.Finished is { } finished)
                figures.Add(finished);
            if (record.Compared is { } compared)
                figures.Add(compared);
        }

        return figures;
    }

    private IOrderedEnumerable<BranchRecord> NewestFirst() => _sink.Find().OrderByDescending(record => record.BranchId);

    private static bool IsBefore(Guid id, Guid? before) => before is null || id.CompareTo(before.Value) < 0;

    private static IReadOnlyList<BranchRecord> Run(IEnumerable<BranchRecord> branches) =>
        [.. branches.OrderBy(record => record.BranchId).Take(MaxBranchesOfRun)];

    private static BranchInShort InShort(BranchRecord record) => new(record.Status, record.Duration ?? TimeSpan.Zero, record.Metrics);

    private static Page<T> PageOf<T>(List<T> found, int limit, Func<T, Guid> idOf) =>
        found.Count > limit ? new Page<T>([.. found.Take(limit)], idOf(found[limit - 1])) : new Page<T>(found, Next: null);
}
