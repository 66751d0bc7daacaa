using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Spearmint.Host.Configuration;

/// <summary>Traces and metrics, for those who collect them.</summary>
internal static class TelemetryExtensions
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // of the activity source and of the meter that the library has
    private const string Spearmint = "Spearmint";
    private const string DefaultServiceName = "spearmint";

    /// <summary>Exports by OTLP where the variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. Without it nothing listens.</summary>
    /// <remarks>The exporter reads the other standard variables itself.</remarks>
    /// <exception cref="InvalidOperationException">The variable is no address.</exception>
    public static void ExportTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[Endpoint] is not { Length: > 0 } endpoint)
            return;

        // the exporter would take its default in silence
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InvalidOperationException($"{Endpoint} is '{endpoint}' and must be an address such as http://localhost:4317.");

        // of two that name the service, the latter wins
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(DefaultServiceName).AddEnvironmentVariableDetector())
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddSource(Spearmint).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(Spearmint).AddOtlpExporter());
    }
}
