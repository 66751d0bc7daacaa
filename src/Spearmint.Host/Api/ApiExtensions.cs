using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api;

/// <summary>The API in a web application.</summary>
internal static class ApiExtensions
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<Problems>();
        builder.Services.AddHealthChecks().AddCheck<SpearmintHealth>("spearmint");
        builder.Services.AddSingleton<BranchRecords>();
    }

    /// <summary>Writes every error as problem details (RFC 9457), those of routing too.</summary>
    public static void UseProblemDetails(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(refused => Problems.WriteAsync(refused.HttpContext));
    }

    public static void MapHealth(this WebApplication app) => app.MapHealthChecks("/healthz");

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapExperiments();
        api.MapRuns();
        api.MapBranches();
    }
}
