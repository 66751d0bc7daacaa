using Spearmint.Domain;

namespace Spearmint.Samples;

/// <summary>Counts the comparisons of each stage, and tells when there are enough or the migration has gone back.</summary>
internal sealed class Progress : IBranchSink
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ComparisonVerdict, long> _verdicts = [];
    private TaskCompletionSource<bool>? _waiter;
    private long _wanted;

    /// <summary>Set when the guard has moved the migration back.</summary>
    public MigrationSteppedBack? SteppedBack { get; private set; }

    public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var happened in batch)
                Take(happened);
        }

        return Task.CompletedTask;
    }

    /// <summary>Waits for equal reads, counted from now on.</summary>
    /// <returns>False when the migration went back before there were enough.</returns>
    public Task<bool> EqualReadsAsync(long count)
    {
        lock (_gate)
        {
            _wanted = Of(ComparisonVerdict.Match) + count;
            _waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiter.Task;
        }
    }

    public override string ToString()
    {
        lock (_gate)
            return $"{Of(ComparisonVerdict.Match)} equal, {Of(ComparisonVerdict.Mismatch)} different, {Of(ComparisonVerdict.Ignored)} ignored";
    }

    private void Take(ExperimentEvent happened)
    {
        if (happened is BranchCompared { Comparison.Verdict: var verdict })
            _verdicts[verdict] = Of(verdict) + 1;
        else if (happened is MigrationSteppedBack back)
            SteppedBack = back;

        if (SteppedBack is not null)
            _waiter?.TrySetResult(false);
        else if (Of(ComparisonVerdict.Match) >= _wanted)
            _waiter?.TrySetResult(true);
    }

    private long Of(ComparisonVerdict verdict) => _verdicts.GetValueOrDefault(verdict);
}
