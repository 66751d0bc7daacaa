using Serilog;

namespace Spearmint.Host.Configuration;

/// <summary>Where the log goes.</summary>
internal static class LoggingExtensions
{
    /// <summary>Sends all logs to Serilog, as the section <c>Serilog</c> of the configuration says.</summary>
    public static void LogToSerilog(this WebApplicationBuilder builder)
    {
        var logger = new LoggerConfiguration()
            .ReadFrom.Configuration(builder.Configuration)
            .Filter.ByExcluding(StartUpFailure.IsSaidElsewhere)
            .CreateLogger();

        builder.Services.AddSingleton<Serilog.ILogger>(logger);
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Trace); // Serilog's levels decide
        builder.Logging.AddSerilog(logger, dispose: true);
    }
}
