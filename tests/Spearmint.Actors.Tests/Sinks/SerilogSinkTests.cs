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

    private sealed class Captured : ILogEventSink
    {
        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent) => Events.Add(logEvent);
    }
}
