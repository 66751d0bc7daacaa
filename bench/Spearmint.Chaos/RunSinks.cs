using Spearmint.Domain;

namespace Spearmint.Chaos;

/// <summary>Sinks of single runs, counted together. A run may end before all of its functions have, so late ends are not expected in them.</summary>
internal sealed class RunSinks(Findings findings)
{
    private long _started;
    private long _finished;
    private long _made;

    public long Made => Volatile.Read(ref _made);

    public long Started => Volatile.Read(ref _started);

    public long Finished => Volatile.Read(ref _finished);

    public IBranchSink For(Guid runId)
    {
        Interlocked.Increment(ref _made);
        return new RunSink(this, runId);
    }

    private void Take(Guid runId, ExperimentEvent happened)
    {
        findings.Expect(happened is BranchEvent branch && branch.RunId == runId, "a run's sink got another run's event", () => $"{happened.Sequence} in {runId}");
        if (happened is BranchStarted)
            Interlocked.Increment(ref _started);
        else if (happened is BranchFinished { Status: not BranchStatus.Skipped })
            Interlocked.Increment(ref _finished);
    }

    private sealed class RunSink(RunSinks all, Guid runId) : IBranchSink
    {
        public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
        {
            foreach (var happened in batch)
                all.Take(runId, happened);
            return Task.CompletedTask;
        }
    }
}
