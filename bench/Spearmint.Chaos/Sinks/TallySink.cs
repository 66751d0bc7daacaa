using Spearmint.Domain;

namespace Spearmint.Chaos.Sinks;

/// <summary>Counts what it is told, by experiment, and checks that the log is one: no gap, each start before its one end, each late end after that.</summary>
internal sealed class TallySink(Findings findings) : IBranchSink
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Tally> _byExperiment = [];
    private readonly HashSet<Guid> _open = [];
    private readonly HashSet<Guid> _mayComeLate = [];
    private int _inside;
    private int _openShadows;

    /// <summary>The number of the latest event, and so how many there were.</summary>
    public long Events { get; private set; }

    /// <summary>The most shadows that were open at once over all experiments.</summary>
    public int MostShadows { get; private set; }

    public Tally this[string experiment]
    {
        get
        {
            lock (_gate)
                return _byExperiment.TryGetValue(experiment, out var tally) ? tally : _byExperiment[experiment] = new Tally();
        }
    }

    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        findings.Expect(Interlocked.Increment(ref _inside) == 1, "a sink was called twice at once", () => $"from event {batch[0].Sequence} on");
        foreach (var happened in batch)
            Take(happened);
        Interlocked.Decrement(ref _inside);
        return Task.CompletedTask;
    }

    private void Take(ExperimentEvent happened)
    {
        findings.Expect(happened.Sequence == Events + 1, "the log has a gap", () => $"{happened.Sequence} came after {Events}");
        Events = happened.Sequence;
        switch (happened)
        {
            case BranchStarted started:
                Start(this[started.Experiment], started);
                break;
            case BranchFinished { Status: BranchStatus.Skipped } skipped:
                this[skipped.Experiment].Skip(skipped.SkipReason!);
                break;
            case BranchFinished finished:
                Finish(this[finished.Experiment], finished);
                break;
            case BranchLate late:
                this[late.Experiment].Late++;
                findings.Expect(_mayComeLate.Remove(late.BranchId), "a late end without an end, or a second one", () => Text(late));
                break;
            case BranchCompared compared:
                this[compared.Experiment].Compare(compared.Comparison.Verdict);
                findings.Expect(
                    !_open.Contains(compared.BranchId) && !_open.Contains(compared.Comparison.ReferenceBranchId), "a branch was compared before its end", () => Text(compared));
                break;
            case EventsDropped:
                findings.Add("a sink that takes everything lost events", $"{happened.Sequence}");
                break;
        }
    }

    private void Start(Tally tally, BranchStarted started)
    {
        tally.Started++;
        findings.Expect(_open.Add(started.BranchId), "a branch started twice", () => Text(started));
        if (started.Role.IsAwaited())
            return;

        tally.OpenShadows++;
        tally.MostShadows = Math.Max(tally.MostShadows, tally.OpenShadows);
        MostShadows = Math.Max(MostShadows, ++_openShadows);
    }

    private void Finish(Tally tally, BranchFinished finished)
    {
        tally.Finish(finished.Status);
        findings.Expect(_open.Remove(finished.BranchId), "a branch ended without a start, or twice", () => Text(finished));
        if (finished.Status is BranchStatus.TimedOut or BranchStatus.Cancelled || finished.Error?.Type == typeof(BranchWorkerDiedException).FullName)
            _mayComeLate.Add(finished.BranchId);
        if (finished.Role.IsAwaited())
            return;

        tally.OpenShadows--;
        _openShadows--;
    }

    private static string Text(BranchEvent happened) => $"{happened.GetType().Name} {happened.Sequence} of {happened.Experiment}/{happened.ConfigId} {happened.Role}";
}
