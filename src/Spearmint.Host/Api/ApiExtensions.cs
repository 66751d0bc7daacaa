using Spearmint.Host.Api.Control;
using Spearmint.Host.Api.Export;
using Spearmint.Host.Api.Live;
using Spearmint.Host.Api.Runs;
using Spearmint.Host.Experiments;
using Spearmint.Host.Security;

namespace Spearmint.Host.Api;

/// <summary>The API in a web application.</summary>
internal static class ApiExtensions
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<Problems>();
        builder.Services.AddHealthChecks().AddCheck<SpearmintHealth>("spearmint");
        builder.Services.AddSingleton<BranchRecords>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RunCaller>();
        builder.Services.AddSingleton<IdempotentRuns>();
        builder.Services.AddSingleton<Audit>();
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddSingleton<LiveReaders>();
        builder.Services.AddSingleton<Exports>();
        builder.Services.DescribeApi();
    }

    /// <summary>Writes every error as problem details (RFC 9457), those of routing too.</summary>
    public static void UseProblemDetails(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(refused => Problems.WriteAsync(refused.HttpContext));
    }

    public static void MapHealth(this WebApplication app) => app.MapHealthChecks("/healthz").AllowAnonymous();

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi();
        var api = app.MapGroup("/api/v1").RequireAuthorization(Role.Viewer);
        api.MapSession();
        api.MapExperiments();
        api.MapRuns();
        api.MapBranches();
        api.MapFigures();
        api.MapControl();
        api.MapStatus();
        api.MapLive();
    }
}
