using Spearmint.Domain;

namespace Spearmint.Sinks;

/// <summary>Keeps the records of the latest branches in memory. Safe to read from any thread while it is written.</summary>
public sealed class InMemorySink : IPromptSink
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Entry> _byBranch = [];
    private readonly Entry?[] _ring;
    private long _added;
    private long _lost;

    /// <summary>A sink of a fixed size.</summary>
    /// <param name="capacity">How many branches are kept, at least 1; the oldest makes room for the newest.</param>
    public InMemorySink(int capacity = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _ring = new Entry[capacity];
    }

    /// <summary>How many branches are kept.</summary>
    public int Capacity { get; }

    /// <summary>How many branches have made room for newer ones.</summary>
    public long Evicted
    {
        get
        {
            lock (_gate)
                return Math.Max(0, _added - Capacity);
        }
    }

    /// <summary>How many events never came here, as the sink was told by <see cref="EventsDropped"/>: what is kept lacks them.</summary>
    public long Lost
    {
        get
        {
            lock (_gate)
                return _lost;
        }
    }

    /// <inheritdoc />
    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_gate)
        {
            // by index: an enumerator would be one more object per batch
            for (var index = 0; index < batch.Count; index++)
                Add(batch[index]);
        }

        return Task.CompletedTask;
    }

    /// <summary>Records, newest first.</summary>
    /// <param name="runId">Only branches of this run.</param>
    /// <param name="experiment">Only branches of this experiment.</param>
    /// <param name="configId">Only branches of this config.</param>
    /// <param name="status">Only branches in this status.</param>
    /// <param name="limit">At most so many, at least 1; null for all that are kept.</param>
    public IReadOnlyList<BranchRecord> Find(
        Guid? runId = null, string? experiment = null, string? configId = null, BranchStatus? status = null, int? limit = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit ?? 1, 1, nameof(limit));
        var matches = Snapshot().Where(record =>
            (runId is null || record.RunId == runId)
            && (experiment is null || record.Experiment == experiment)
            && (configId is null || record.ConfigId == configId)
            && (status is null || record.Status == status));
        return [.. limit is { } most ? matches.Take(most) : matches];
    }

    private List<BranchRecord> Snapshot()
    {
        lock (_gate)
        {
            var kept = (int)Math.Min(_added, Capacity);
            var records = new List<BranchRecord>(kept);
            for (var age = 1; age <= kept; age++)
            {
                var entry = _ring[(_added - age) % Capacity]!;
                records.Add(new BranchRecord(entry.Started, entry.Finished, entry.Late, entry.Compared));
            }

            return records;
        }
    }

    private void Add(ExperimentEvent happened)
    {
        switch (happened)
        {
            case BranchFinished finished:
                Add(finished);
                break;
            case BranchStarted started:
                Next(started.BranchId).Started = started;
                break;
            case BranchLate late when _byBranch.TryGetValue(late.BranchId, out var ended):
                ended.Late = late;
                break;
            case BranchCompared compared when _byBranch.TryGetValue(compared.BranchId, out var ended):
                ended.Compared = compared;
                break;
            case EventsDropped dropped:
                _lost += dropped.Count;
                break;
        }
    }

    // a start that is not here any more, or never was, leaves the end to stand alone
    private void Add(BranchFinished finished) =>
        (_byBranch.GetValueOrDefault(finished.BranchId) ?? Next(finished.BranchId)).Finished = finished;

    // a full ring lends the oldest entry to the newest branch
    private Entry Next(Guid branchId)
    {
        ref var place = ref _ring[_added++ % Capacity];
        if (place is null)
            place = new Entry();
        else
            _byBranch.Remove(place.BranchId);

        place.BranchId = branchId;
        place.Started = null;
        place.Finished = null;
        place.Late = null;
        place.Compared = null;
        _byBranch[branchId] = place;
        return place;
    }

    private sealed class Entry
    {
        public Guid BranchId { get; set; }

        public BranchStarted? Started { get; set; }

        public BranchFinished? Finished { get; set; }

        public BranchLate? Late { get; set; }

        public BranchCompared? Compared { get; set; }
    }
}
