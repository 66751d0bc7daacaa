using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Api.Control;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Experiments;
using Spearmint.Host.Security;
using Spearmint.Host.Storage;
using Spearmint.Protocol;

namespace Spearmint.Host.Api;

/// <summary>Settings, changed while everything runs, and the list of who has changed what.</summary>
internal static class ControlApi
{
    private const string Json = "application/json";
    private const string MergePatch = "application/merge-patch+json";

    private const int MostBytes = 1 << 20;

    public static void MapControl(this RouteGroupBuilder api)
    {
        api.MapGet("/experiments/{name}/settings", GetAsync).WithTags("control").WithSummary("The settings of an experiment").Problems(404);
        api.MapPatch("/experiments/{name}/settings", ChangeAsync).WithTags("control").RequireAuthorization(Role.Operator).WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Accepts<SettingsDto>(Json, MergePatch).WithSummary("Changes members of the settings of an experiment").Problems(400, 404, 412, 413, 415);
        api.MapGet("/settings", GetProcessAsync).WithTags("control").WithSummary("What holds for all experiments together");
        api.MapPatch("/settings", ChangeProcessAsync).WithTags("control").RequireAuthorization(Role.Operator).WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Accepts<ProcessSettingsDto>(Json, MergePatch).WithSummary("Changes what holds for all experiments together, the kill switch among it").Problems(400, 413, 415);
        api.MapGet("/audit", AuditAsync).WithTags("control").WithSummary("Who has changed what, newest first").Problems(400, 503);
    }

    private static async Task<Ok<SettingsDto>> GetAsync(
        HttpResponse response, ExperimentRegistry experiments, SpearmintClient client, [Description("The name of the experiment.")] string name) =>
        Tagged(response, await client.GetSettingsAsync(experiments.Find(name).Name));

    private static async Task<Ok<SettingsDto>> ChangeAsync(
        HttpContext context, ExperimentRegistry experiments, SpearmintClient client, Audit audit, [Description("The name of the experiment.")] string name,
        [FromHeader(Name = "If-Match"), Description("The version that the change is of, as the ETag says it; without it the change is of whatever is in force.")] string? ifMatch)
    {
        var experiment = experiments.Find(name).Name;
        var change = Change<StrategySettings>.Read(await BodyAsync(context), ChangeableSettings.OfExperiment);
        var seen = await client.GetSettingsAsync(experiment);
        var isBound = IsBound(ifMatch, seen.Version);
        var before = seen.Settings;
        var after = await client.ChangeSettingsAsync(experiment, settings =>
        {
            if (isBound && !ReferenceEquals(settings, seen.Settings))
                throw Outdated(ifMatch!, "a later one than that, since a change has come just now");

            before = settings;
            return change.Apply(settings);
        });
        await audit.AddAsync(context.User, "settings.change", experiment, change.Names, SettingsDto.From(0, before), SettingsDto.From(0, after.Settings));
        return Tagged(context.Response, after);
    }

    private static async Task<Ok<ProcessSettingsDto>> GetProcessAsync(SpearmintClient client) =>
        TypedResults.Ok(ProcessSettingsDto.From(await client.GetSettingsAsync()));

    private static async Task<Ok<ProcessSettingsDto>> ChangeProcessAsync(HttpContext context, SpearmintClient client, Audit audit)
    {
        var change = Change<SpearmintSettings>.Read(await BodyAsync(context), ChangeableSettings.OfProcess);
        var before = SpearmintSettings.Default;
        var after = await client.ChangeSettingsAsync(settings => change.Apply(before = settings));
        await audit.AddAsync(context.User, "settings.change", "all experiments", change.Names, ProcessSettingsDto.From(before), ProcessSettingsDto.From(after));
        return TypedResults.Ok(ProcessSettingsDto.From(after));
    }

    private static async Task<Ok<PageDto<AuditDto>>> AuditAsync(
        HttpRequest request, IBranchStore store, [Description("How many at most, from 1 to 1000; 100 by default.")] string? limit,
        [Description("Where the page before has ended; its member next says it.")] string? before, CancellationToken cancellationToken) =>
        TypedResults.Ok(PageDto.Of(request, await store.ListAuditAsync(Query.Before(before), Query.Limit(limit), cancellationToken), AuditDto.From));

    private static Ok<SettingsDto> Tagged(HttpResponse response, SettingsInForce settings)
    {
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{settings.Version}\"");
        return TypedResults.Ok(SettingsDto.From(settings));
    }

    private static bool IsBound(string? ifMatch, long version)
    {
        if (string.IsNullOrEmpty(ifMatch) || ifMatch == "*")
            return false;

        return long.TryParse(Strong(ifMatch).Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && wanted == version
            ? true
            : throw Outdated(ifMatch, string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
    }

    // a proxy that packs answers makes weak tags of strong ones
    private static string Strong(string tag) => tag.Trim() is ['W', '/', .. var strong] ? strong : tag.Trim();

    private static RefusedException Outdated(string ifMatch, string version) =>
        new(412, "Changed meanwhile", $"If-Match is {ifMatch}, and the version in force is {version}. Read the settings again, and change those.");

    private static async Task<JsonElement> BodyAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return body.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new BadRequestException($"The body is no JSON: {e.Message}");
        }
    }
}
