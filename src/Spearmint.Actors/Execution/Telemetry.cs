using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Spearmint.Domain;

namespace Spearmint.Execution;

/// <summary>
/// The metrics of one Spearmint, under the name <see cref="Name"/>, in the units and forms of the OpenTelemetry semantic conventions. What
/// nobody listens to costs one look at a flag. Safe from any thread.
/// </summary>
internal sealed class Telemetry : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Spearmint";

    private readonly Meter _meter = new(Name);
    private readonly Labels _labels = new();
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _late;
    private readonly Counter<long> _comparisons;
    private readonly UpDownCounter<long> _quarantined;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _hookFailures;
    private readonly Counter<long> _hookMissed;
    private readonly ConcurrentDictionary<string, Func<int>> _sinks = new(StringComparer.Ordinal);

    public Telemetry()
    {
        _duration = _meter.CreateHistogram("spearmint.branch.duration", "s", "How long the functions of branches took.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        });
        _active = _meter.CreateUpDownCounter<long>("spearmint.runs.active", "{run}", "Runs that wait for their answer.");
        _skipped = _meter.CreateCounter<long>("spearmint.branches.skipped", "{branch}", "Shadows that were not run, by reason.");
        _late = _meter.CreateCounter<long>("spearmint.branches.late", "{branch}", "Functions that ended after their branch.");
        _comparisons = _meter.CreateCounter<long>("spearmint.comparisons", "{comparison}", "Branches that were compared with the one they are measured by, by verdict.");
        _quarantined = _meter.CreateUpDownCounter<long>("spearmint.configs.quarantined", "{config}", "Configs that are quarantined.");
        _dropped = _meter.CreateCounter<long>("spearmint.sink.dropped", "{event}", "Events that a sink did not get, by reason.");
        _hookFailures = _meter.CreateCounter<long>("spearmint.hook.failures", "{failure}", "Hooks that threw, or could not keep up.");
        _hookMissed = _meter.CreateCounter<long>("spearmint.hook.missed", "{branch}", "Branches that passed a hook by because it could not keep up.");
        _meter.CreateObservableGauge(
            "spearmint.sink.queued", () => _sinks.Select(sink => new Measurement<int>(sink.Value(), Sink(sink.Key))), "{event}", "Events that wait for a sink.");
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>A run has started. Whether it was counted has to be said when it ends.</summary>
    public bool RunStarted(string experiment)
    {
        if (!_active.Enabled)
            return false;

        _active.Add(1, Experiment(experiment));
        return true;
    }

    public void RunEnded(string experiment) => _active.Add(-1, Experiment(experiment));

    public void BranchEnded(Branch branch)
    {
        if (_duration.Enabled)
            _duration.Record(
                branch.Duration.TotalSeconds,
                Experiment(branch.Experiment), ConfigId(branch.Config.Id), new("spearmint.role", TagValues.Of(branch.Role)), new("spearmint.status", TagValues.Of(branch.Status)));
    }

    public void ShadowSkipped(string experiment, string configId, string reason)
    {
        if (_skipped.Enabled)
            _skipped.Add(1, Experiment(experiment), ConfigId(configId), new("spearmint.reason", reason));
    }

    public void CameBackLate(string experiment, string configId)
    {
        if (_late.Enabled)
            _late.Add(1, Experiment(experiment), ConfigId(configId));
    }

    public void Compared(Branch branch, ComparisonVerdict verdict)
    {
        if (_comparisons.Enabled)
            _comparisons.Add(1, Experiment(branch.Experiment), ConfigId(branch.Config.Id), new("spearmint.role", TagValues.Of(branch.Role)), new("spearmint.verdict", TagValues.Of(verdict)));
    }

    public void Quarantined(string strategy, string configId, int change)
    {
        if (_quarantined.Enabled)
            _quarantined.Add(change, new("spearmint.strategy", _labels.Bounded(strategy)), ConfigId(configId));
    }

    public void HookFailed(string experiment, string hook)
    {
        if (_hookFailures.Enabled)
            _hookFailures.Add(1, Experiment(experiment), new("spearmint.hook", hook));
    }

    public void HookMissed(string experiment)
    {
        if (_hookMissed.Enabled)
            _hookMissed.Add(1, Experiment(experiment));
    }

    /// <summary>Meters the queue of a sink from now on.</summary>
    public void AddSink(string name, Func<int> queued) => _sinks[name] = queued;

    public void RemoveSink(string name) => _sinks.TryRemove(name, out _);

    public void EventsDropped(string sink, string reason, long events)
    {
        if (_dropped.Enabled)
            _dropped.Add(events, Sink(sink), new("spearmint.reason", reason));
    }

    private static KeyValuePair<string, object?> Sink(string name) => new("spearmint.sink", name);

    private KeyValuePair<string, object?> Experiment(string name) => new("spearmint.experiment", _labels.Bounded(name));

    private KeyValuePair<string, object?> ConfigId(string id) => new("spearmint.config.id", _labels.Bounded(id));
}
