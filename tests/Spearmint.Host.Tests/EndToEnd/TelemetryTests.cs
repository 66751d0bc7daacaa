using Spearmint.Host.Support;

namespace Spearmint.Host.EndToEnd;

public sealed class TelemetryTests
{
    [Theory]
    [InlineData("", "spearmint")]
    [InlineData("shop", "shop")]
    public async Task Runs_and_branches_are_exported_under_the_name_of_the_service(string named, string name)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = HostProcess.Start(
            "Development",
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address.ToString(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_SERVICE_NAME"] = named,
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
            },
            "--urls", "http://127.0.0.1:0");
        using var http = Keys.Client(await host.AddressAsync());

        var run = await http.RunAsync("compress-all", Some.Text);

        await receiver.HasReceivedAsync("/v1/traces", "spearmint.run");
        await receiver.HasReceivedAsync("/v1/traces", "spearmint.branch");
        await receiver.HasReceivedAsync("/v1/traces", run.Branches()[0].Text("branchId"));
        await receiver.HasReceivedAsync("/v1/traces", "experiments/{name}/runs");
        await receiver.HasReceivedAsync("/v1/metrics", "spearmint.branch.duration");
        await receiver.HasReceivedAsync("/v1/metrics", Attribute("service.name", name));
        await receiver.HasReceivedAsync("/v1/traces", Attribute("service.name", name));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://localhost")]
    public async Task An_address_to_export_to_that_is_none_is_one_clear_line_and_exit_code_1(string endpoint)
    {
        await using var host = HostProcess.Start("Production", new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint }, "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains($"OTEL_EXPORTER_OTLP_ENDPOINT is '{endpoint}'", Assert.Single(host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    // as opentelemetry.proto.common.v1.KeyValue is written
    private static string Attribute(string key, string value) => $"{key}\x12{(char)(value.Length + 2)}\n{(char)value.Length}{value}";
}
