using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Live;

public sealed class TelemetryTests : SpearmintKit
{
    private readonly string _name = $"experiment-{Guid.NewGuid():N}";
    private readonly Gate _gate = new();

    [Fact]
    public async Task A_run_is_a_span_under_the_callers_and_each_branch_is_one_under_the_run()
    {
        using var spans = new Spans(_name);
        using var caller = new Activity("caller").Start();
        var inside = new ConcurrentBag<string?>();
        var experiment = Client.CreateExperiment<string, string>(_name, (_, context) =>
        {
            inside.Add(Activity.Current?.SpanId.ToHexString());
            return context.Config.Id == "b" ? throw new IOException("no disk") : Task.FromResult("");
        }, Some.Configs("a", "b"), Strategy.MultiBranch);

        var branches = await experiment.RunAllAsync("");

        var run = Assert.Single(spans.Ended, span => span.OperationName == "spearmint.run");
        Assert.Equal((caller.TraceId, caller.SpanId), (run.TraceId, run.ParentSpanId));
        var own = spans.Ended.Where(span => span.OperationName == "spearmint.branch").ToList();
        Assert.All(own, span => Assert.Equal((run.TraceId, run.SpanId), (span.TraceId, span.ParentSpanId)));
        Assert.Equal(own.Select(span => span.SpanId.ToHexString()).Order(), inside.Order());
        var failed = own.Single(span => (string?)span.GetTagItem("spearmint.config.id") == "b");
        Assert.Equal((ActivityStatusCode.Error, "no disk"), (failed.Status, failed.StatusDescription));
        Assert.Equal(("failed", "candidate", branches[1].BranchId.ToString(), "System.IO.IOException"),
            (failed.GetTagItem("spearmint.status"), failed.GetTagItem("spearmint.role"), failed.GetTagItem("spearmint.branch.id"), failed.GetTagItem("error.type")));
        Assert.Equal(ActivityStatusCode.Unset, run.Status);
    }

    [Fact]
    public async Task A_shadow_that_outlives_its_run_is_linked_to_it()
    {
        using var spans = new Spans(_name);
        var experiment = Client.CreateExperiment<string, string>(_name, async (_, context) =>
        {
            if (context.Role == BranchRole.Shadow)
                await _gate.Opened;
            return "";
        }, Some.Configs("a", "b"), Strategy.Shadow());
        var result = await experiment.RunDetailedAsync("");
        _gate.Open();
        await experiment.GatherShadowsAsync(result.RunId).Soon();

        var run = Assert.Single(spans.Ended, span => span.OperationName == "spearmint.run");
        var shadow = Assert.Single(spans.Ended, span => (string?)span.GetTagItem("spearmint.role") == "shadow");
        Assert.Equal(run.Context, Assert.Single(shadow.Links).Context);
        Assert.Empty(Assert.Single(spans.Ended, span => (string?)span.GetTagItem("spearmint.role") == "primary").Links);
    }

    [Fact]
    public async Task The_spans_of_an_inner_run_stand_below_the_branch_that_asks_for_it_and_name_it()
    {
        using var spans = new Spans(_name);
        var inner = Client.CreateExperiment<string, string>(_name, (_, _) => Task.FromResult(""), Some.Configs("x"), Strategy.RoundRobin);
        var outside = "";
        var outer = Client.CreateExperiment<string, string>("outer", (input, _) => Task.Run(() =>
        {
            outside = Activity.Current?.SpanId.ToHexString();
            return inner.RunAsync(input);
        }), Some.Configs("a"), Strategy.RoundRobin);

        var result = await outer.RunDetailedAsync("").Soon();

        Assert.Equal(outside, Assert.Single(spans.Ended, span => span.OperationName == "spearmint.run").ParentSpanId.ToHexString());
        Assert.Equal(2, spans.Ended.Count);
        Assert.All(spans.Ended, span => Assert.Equal(
            ($"{result.RunId}", $"{result.Branches[0].BranchId}"), (span.GetTagItem("spearmint.parent.run.id"), span.GetTagItem("spearmint.parent.branch.id"))));
    }

    [Fact]
    public async Task A_failed_run_is_an_error_without_the_text_of_the_exception()
    {
        using var spans = new Spans(_name);
        var experiment = Client.CreateExperiment<string, string>(_name, (_, _) => throw new IOException("secret"), Some.Configs("a"), Strategy.RoundRobin);

        await Assert.ThrowsAsync<IOException>(() => experiment.RunAsync("", default));

        var run = Assert.Single(spans.Ended, span => span.OperationName == "spearmint.run");
        Assert.Equal((ActivityStatusCode.Error, null, "System.IO.IOException"), (run.Status, run.StatusDescription, (string?)run.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Log_events_carry_the_callers_trace_id()
    {
        using var caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();

        await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"));

        Assert.Equal(caller.TraceId.ToHexString(), Assert.Single(await Sink.FinishedAsync(1)).TraceId);
    }

    [Fact]
    public async Task Without_a_listener_a_function_still_stands_in_its_callers_trace()
    {
        using var caller = new Activity("caller").Start();
        Activity? inside = null;

        await AskAsync("round_robin", (_, _, _) =>
        {
            inside = Activity.Current;
            return Task.FromResult<object?>(null);
        }, Some.Configs("a"));

        Assert.Same(caller, inside);
        Assert.Same(caller, Activity.Current);
    }

    [Fact]
    public async Task Without_a_trace_there_is_none()
    {
        Activity.Current = null;

        await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"));

        Assert.Null(Assert.Single(await Sink.FinishedAsync(1)).TraceId);
    }

    [Fact]
    public async Task Durations_active_runs_skipped_and_late_branches_are_metered()
    {
        using var meters = new Meters(_name);
        var experiment = Client.CreateExperiment<string, string>(_name, async (_, context) =>
        {
            if (context.Role == BranchRole.Primary)
                await _gate.Opened;
            return "";
        }, Some.Configs("a", "b"), Strategy.Shadow(), new ExperimentOptions { Settings = new StrategySettings { MaxConcurrentShadows = 0, ShadowQueueLimit = 0 } });

        await Assert.ThrowsAsync<BranchTimedOutException>(() => experiment.RunAsync("", new RunOptions { Deadline = TimeSpan.FromMilliseconds(20) }).Soon());
        _gate.Open();
        await Sink.WhenAsync(all => all.OfType<BranchLate>().Any());

        Assert.Equal(1, meters.Sum("spearmint.branches.skipped", "spearmint.reason", SkipReasons.QueueFull));
        Assert.Equal(1, meters.Sum("spearmint.branches.late", "spearmint.config.id", "a"));
        Assert.Equal(0, meters.Sum("spearmint.runs.active", "spearmint.experiment", _name));
        Assert.Equal(2, meters.Count("spearmint.runs.active"));
        Assert.InRange(meters.Sum("spearmint.branch.duration", "spearmint.status", "timed_out"), 0.019, 20);
        Assert.Equal(1, meters.Count("spearmint.branch.duration"));
    }

    [Fact]
    public async Task Hooks_that_fail_are_metered()
    {
        using var meters = new Meters(_name);
        var experiment = Client.CreateExperiment<string, string>(_name, (input, _) => Task.FromResult(input), Some.Configs("a"), Strategy.RoundRobin,
            new ExperimentOptions<string, string> { BeforeRun = _ => throw new IOException("disk") });

        await experiment.RunAsync("");

        Assert.Equal(1, meters.Sum("spearmint.hook.failures", "spearmint.hook", HookNames.BeforeRun));
    }

    [Fact]
    public async Task Sinks_are_metered()
    {
        using var meters = new Meters(_name);
        await Client.RegisterSinkAsync(_name, new HangingSink(_gate), new SinkOptions { QueueLimit = 10 });

        for (var run = 0; run < 20; run++)
            await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"));
        await Sink.FinishedAsync(20);
        await Client.GetSinkStatusAsync();

        meters.Observe();
        Assert.Equal(10, meters.Sum("spearmint.sink.queued", "spearmint.sink", _name));
        Assert.Equal(30, meters.Sum("spearmint.sink.dropped", "spearmint.reason", DropReasons.QueueFull));
        _gate.Open();
    }

    [Fact]
    public async Task Label_values_are_bounded()
    {
        using var meters = new Meters(_name);
        var experiment = Client.CreateExperiment<string, string>(_name, (input, _) => Task.FromResult(input), null, Strategy.RoundRobin);
        for (var run = 0; run < 2000; run++)
            await experiment.RunAsync("", new RunOptions { Configs = Some.Configs($"config-{run}") });

        var labels = meters.Values("spearmint.config.id").ToList();
        Assert.InRange(labels.Count, 2, Execution.Labels.Limit + 1);
        Assert.Contains(Execution.Labels.Other, labels);
    }

    /// <summary>The ended spans of one experiment; other tests have spans at the same time.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ActivityListener _listener;
        private readonly ConcurrentQueue<Activity> _ended = new();

        public Spans(string experiment)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Spearmint",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = span =>
                {
                    if ((string?)span.GetTagItem("spearmint.experiment") == experiment)
                        _ended.Enqueue(span);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyCollection<Activity> Ended => _ended;

        public void Dispose() => _listener.Dispose();
    }

    /// <summary>What was measured of one experiment.</summary>
    private sealed class Meters : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Instrument, double Value, Dictionary<string, object?> Tags)> _measured = new();

        public Meters(string experiment)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Spearmint")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
            _listener.Start();

            void Add(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
            {
                var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
                if (all.ContainsValue(experiment))
                    _measured.Enqueue((instrument, value, all));
            }
        }

        public void Observe() => _listener.RecordObservableInstruments();

        public int Count(string instrument) => _measured.Count(measured => measured.Instrument == instrument);

        public double Sum(string instrument, string tag, string value) =>
            _measured.Where(measured => measured.Instrument == instrument && Equals(measured.Tags.GetValueOrDefault(tag), value)).Sum(measured => measured.Value);

        public IEnumerable<object?> Values(string tag) =>
            _measured.Where(measured => measured.Tags.ContainsKey(tag)).Select(measured => measured.Tags[tag]).Distinct();

        public void Dispose() => _listener.Dispose();
    }
}
