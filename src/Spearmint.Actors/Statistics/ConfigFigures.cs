using Spearmint.Domain;

namespace Spearmint.Statistics;

/// <summary>What is counted of one config of an experiment.</summary>
internal sealed class ConfigFigures(string id)
{
    private readonly LatencyHistogram _latency = new();
    private readonly Dictionary<string, Moments> _metrics = new(StringComparer.Ordinal);
    private long _ticks;
    private long _success;
    private long _failed;
    private long _timedOut;
    private long _cancelled;
    private long _skipped;
    private long _metricsLeftOut;

    public void Add(BranchFinished finished)
    {
        switch (finished.Status)
        {
            case BranchStatus.Success: _success++; break;
            case BranchStatus.Failed: _failed++; break;
            case BranchStatus.TimedOut: _timedOut++; break;
            case BranchStatus.Cancelled: _cancelled++; break;
            default: _skipped++; break;
        }

        if (finished.Status is BranchStatus.Success or BranchStatus.Failed or BranchStatus.TimedOut)
        {
            _latency.Add(finished.Duration);
            _ticks += finished.Duration.Ticks;
        }

        // most report nothing, and an enumerator is an object
        if (finished.Metrics.Count > 0)
            Add(finished.Metrics);
    }

    public ConfigStatistics Read() => new(
        id, _success, _failed, _timedOut, _cancelled, _skipped,
        new LatencyStatistics(
            _latency.Quantile(0.5), _latency.Quantile(0.95), _latency.Quantile(0.99),
            new TimeSpan(_ticks / Math.Max(1, _latency.Count)), _latency.Max),
        _metrics.ToDictionary(
            metric => metric.Key,
            metric => new MetricStatistics(metric.Value.Count, metric.Value.Mean, metric.Value.StandardError, metric.Value.Min, metric.Value.Max),
            StringComparer.Ordinal),
        _metricsLeftOut);

    private void Add(IReadOnlyDictionary<string, double> metrics)
    {
        foreach (var (name, value) in metrics)
        {
            if (_metrics.TryGetValue(name, out var moments))
                moments.Add(value);
            else if (_metrics.Count < BranchMetrics.MaxNames)
                (_metrics[name] = new Moments()).Add(value);
            else
                _metricsLeftOut++;
        }
    }
}
