using System.Diagnostics;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Sinks;

public sealed class SerilogSinkTests : IDisposable
{
    private readonly Captured _captured = new();
    private readonly Logger _logger;
    private readonly SerilogSink _sink;

    public SerilogSinkTests()
    {
        _logger = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(_captured).CreateLogger();
        _sink = new SerilogSink(_logger);
    }

    public void Dispose() => _logger.Dispose();

    [Fact]
    public async Task Each_branch_event_is_one_structured_event()
    {
        var branch = Some.Branch();
        await _sink.WriteAsync([new BranchStarted(branch), new BranchFinished(branch.Succeed(1, TimeSpan.FromMilliseconds(12)))], CancellationToken.None);

        Assert.Equal([LogEventLevel.Debug, LogEventLevel.Information], _captured.Events.Select(log => log.Level));
        var finished = _captured.Events[1];
        Assert.Equal($"\"{branch.BranchId}\"", $"\"{((ScalarValue)finished.Properties["BranchId"]).Value}\"");
        Assert.Equal(12.0, ((ScalarValue)finished.Properties["DurationMs"]).Value);
        Assert.Equal("\"experiment\" ended Primary \"a\": Success in 12 ms", finished.RenderMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(BranchRole.Primary, LogEventLevel.Error)]
    [InlineData(BranchRole.Shadow, LogEventLevel.Warning)]
    [InlineData(BranchRole.Candidate, LogEventLevel.Warning)]
    public async Task A_failure_is_an_error_where_a_caller_saw_it_and_a_warning_elsewhere(BranchRole role, LogEventLevel level)
    {
        await _sink.WriteAsync([new BranchFinished(Some.Branch(role: role).Fail(new IOException("disk"), TimeSpan.Zero))], CancellationToken.None);

        var log = Assert.Single(_captured.Events);
        Assert.Equal(level, log.Level);
        Assert.Equal("disk", ((ScalarValue)log.Properties["ErrorMessage"]).Value);
    }

    public static TheoryData<ExperimentEvent, LogEventLevel, string> Others => new()
    {
        { new BranchFinished(Some.Branch().Skip(SkipReasons.Paused)), LogEventLevel.Debug, "\"experiment\" skipped Primary \"a\": \"paused\"" },
        { Some.Late(Some.Branch()), LogEventLevel.Warning, "\"experiment\" went on after the end of Primary \"a\": Success after 5000 ms" },
        {
            new ConfigQuarantined("rank", "b", DateTimeOffset.UnixEpoch, 50, TimeSpan.FromSeconds(5)), LogEventLevel.Warning,
            "\"rank\" has quarantined \"b\": 50 failures, next probe in 5000 ms"
        },
        { new ConfigReleased("rank", "b", DateTimeOffset.UnixEpoch), LogEventLevel.Information, "\"rank\" has released \"b\" from quarantine" },
        {
            new HookFailed("rank", HookNames.BeforeRun, DateTimeOffset.UnixEpoch, new BranchError("System.IO.IOException", "disk", null, null)),
            LogEventLevel.Warning, "\"rank\": hook \"before_run\" failed: \"System.IO.IOException\": \"disk\""
        },
        {
            new MigrationSteppedBack("customers", MigrationStage.Live, MigrationStage.Shadow, 3, 50, DateTimeOffset.UnixEpoch), LogEventLevel.Warning,
            "\"customers\" has gone back from Live to Shadow: 3 of the latest 50 reads differ"
        },
        { new EventsDropped(3, 9, DropReasons.Hung), LogEventLevel.Warning, "Events 3 to 9 are missing here: \"hung\"" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task What_is_no_plain_start_or_end_has_words_of_its_own(ExperimentEvent happened, LogEventLevel level, string text)
    {
        await _sink.WriteAsync([happened], CancellationToken.None);

        var log = Assert.Single(_captured.Events);
        Assert.Equal((level, text), (log.Level, log.RenderMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(happened.Sequence, ((ScalarValue)log.Properties["Sequence"]).Value);
    }

    [Fact]
    public async Task Metrics_and_the_trace_are_properties_where_there_are_any()
    {
        var trace = ActivityTraceId.CreateRandom();
        var metrics = new BranchMetrics();
        metrics.Report("hits", 3);
        var plain = Some.Branch();
        var identity = new BranchIdentity(plain.RunId, plain.BranchId, "experiment", "strategy", plain.Config, BranchRole.Primary, plain.StartedAt, 7, trace);

        await _sink.WriteAsync(
            [Some.Finished(), new BranchFinished(Branch.Ended(identity, BranchStatus.Success, TimeSpan.Zero, 1, null, metrics.Snapshot()))], CancellationToken.None);

        Assert.Empty(_captured.Events[0].Properties.Keys.Intersect(["Metrics", "TraceId"]));
        Assert.Equal(trace.ToHexString(), ((ScalarValue)_captured.Events[1].Properties["TraceId"]).Value);
        Assert.Equal("[(\"hits\": 3)]", _captured.Events[1].Properties["Metrics"].ToString());
    }

    [Fact]
    public async Task The_parent_and_the_context_are_properties_where_there_are_any()
    {
        var outer = Some.Branch();
        var identity = new BranchIdentity(Guid.NewGuid(), Guid.NewGuid(), "experiment", "strategy", outer.Config, BranchRole.Primary, outer.StartedAt)
        {
            Parent = new OuterBranch(outer.Identity, TimeSpan.FromSeconds(1), dueAt: 0, mayHaveShadows: true),
            Context = RunContext.From(new Dictionary<string, string> { ["tenant"] = "7" }, secrets: []),
        };

        await _sink.WriteAsync([new BranchStarted(outer), new BranchStarted(Branch.Start(identity))], CancellationToken.None);

        Assert.Empty(_captured.Events[0].Properties.Keys.Intersect(["ParentRunId", "ParentBranchId", "Context"]));
        var nested = _captured.Events[1].Properties;
        Assert.Equal((outer.RunId, outer.BranchId), (((ScalarValue)nested["ParentRunId"]).Value, ((ScalarValue)nested["ParentBranchId"]).Value));
        Assert.Equal("[(\"tenant\": \"7\")]", nested["Context"].ToString());
    }

    private sealed class Captured : ILogEventSink
    {
        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent) => Events.Add(logEvent);
    }
}
