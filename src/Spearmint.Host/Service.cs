using Spearmint.Host.Api;
using Spearmint.Host.Configuration;
using Spearmint.Host.Experiments;
using Spearmint.Host.Front;
using Spearmint.Host.Samples;
using Spearmint.Host.Security;
using Spearmint.Host.Targets;

namespace Spearmint.Host;

/// <summary>The web application, put together in named steps.</summary>
internal static class Service
{
    /// <summary>The service as it is configured.</summary>
    /// <param name="args">Settings of ASP.NET Core and of Spearmint, such as <c>--urls</c>.</param>
    /// <param name="experiments">What to offer in the place of the samples, which are there in the Development environment only.</param>
    /// <param name="functions">The functions that files may name; null for the sample's alone.</param>
    public static WebApplication Build(string[] args, IEnumerable<ByteExperiment>? experiments = null, FunctionCatalogue? functions = null)
    {
        // the settings lie beside the program, wherever it is started from
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var options = ServiceOptions.Read(builder.Configuration);
        var offered = new ExperimentRegistry(experiments ?? (builder.Environment.IsDevelopment() ? CompressSample.Experiments() : []));

        builder.LogToSerilog();
        builder.ExportTelemetry();
        builder.ListenLocally();
        builder.LimitRequests(options);
        builder.Secure(options);
        builder.EndInGoodTime(options);
        builder.KeepBranches(options);
        builder.RunSpearmint(options, offered);
        builder.AddExperimentFiles(options, functions ?? CompressSample.Functions());
        builder.AddApi();

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseProblemDetails();
        app.SeparateFronts(options.FrontPort);
        app.UseSecurity();
        app.MapHealth();
        app.MapApi();
        app.MapFront();
        return app;
    }
}
