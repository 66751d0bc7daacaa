using System.Diagnostics;
using System.Diagnostics.Metrics;
using Spearmint.Host.Support;

namespace Spearmint.Host.Configuration;

public sealed class TelemetryExtensionsTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("http://127.0.0.1:1", true)]
    public async Task Nothing_listens_where_nothing_is_exported(string endpoint, bool listens)
    {
        using var spans = new ActivitySource("Spearmint");
        using var meter = new Meter("Spearmint");
        var counter = meter.CreateCounter<long>("some");

        await using var service = await InProcessService.StartAsync([$"--OTEL_EXPORTER_OTLP_ENDPOINT={endpoint}"]);

        Assert.Equal((listens, listens), (spans.HasListeners(), counter.Enabled));
    }
}
