using Akka.Hosting;
using Spearmint.Domain;
using Spearmint.Host.Api.Live;
using Spearmint.Host.Experiments;
using Spearmint.Host.Storage;
using Spearmint.Hosting;
using Spearmint.Sinks;

namespace Spearmint.Host.Configuration;

/// <summary>Spearmint in this host.</summary>
internal static class SpearmintExtensions
{
    // for the sinks to be flushed and Akka to end after the branches, so that the log says what was left
    private static readonly TimeSpan TimeAfterBranches = TimeSpan.FromSeconds(30);

    /// <summary>Lets requests in progress and the branches behind them end at the same time, each in its own bound.</summary>
    /// <remarks>One after the other, a request whose function hangs would keep the drain from beginning until all time is gone.</remarks>
    public static void EndInGoodTime(this WebApplicationBuilder builder, ServiceOptions options) => builder.Services.Configure<HostOptions>(host =>
    {
        host.ShutdownTimeout = options.DrainTimeout + TimeAfterBranches;
        host.ServicesStopConcurrently = true;
    });

    /// <summary>Runs Spearmint with the experiments and with the sinks of this host: the store, which the API reads, and the log.</summary>
    public static void RunSpearmint(this WebApplicationBuilder builder, ServiceOptions options, ExperimentRegistry experiments)
    {
        builder.Services.AddSingleton(experiments);
        builder.Services.AddAkka("spearmint", (akka, services) => akka
            .LogToHost()
            .WithSpearmint(spearmint =>
            {
                spearmint.WithSettings(SpearmintSettings.Default with { DrainTimeout = options.DrainTimeout });
                spearmint.AddStore(services.GetRequiredService<IBranchStore>());
                spearmint.AddSink(LiveFeed.SinkName, services.GetRequiredService<LiveFeed>());
                spearmint.AddSink("log", new SerilogSink(services.GetRequiredService<Serilog.ILogger>()));
                experiments.RegisterIn(spearmint);
            }));
    }

    /// <summary>Sends what Akka.NET logs to the log of the host.</summary>
    public static AkkaConfigurationBuilder LogToHost(this AkkaConfigurationBuilder akka) => akka.ConfigureLoggers(loggers =>
    {
        loggers.LogLevel = Akka.Event.LogLevel.InfoLevel;
        loggers.ClearLoggers();
        loggers.AddLoggerFactory();
    });
}
