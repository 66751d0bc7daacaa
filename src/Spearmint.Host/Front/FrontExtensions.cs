using Microsoft.AspNetCore.Http.Features;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Api;
using Spearmint.Host.Experiments;
using Spearmint.Host.Targets;

namespace Spearmint.Host.Front;

/// <summary>The front: requests that are passed on to the service of a config, and answered as it answers.</summary>
internal static class FrontExtensions
{
    /// <summary>Maps <c>ANY /x/{experiment}/{**path}</c>.</summary>
    public static void MapFront(this WebApplication app)
    {
        // the request of a client is no operation of this API: it is opened by the experiment's file, and its credentials are the service's
        app.Map("/x/{experiment}/{**path}", PassOnAsync).ExcludeFromDescription().AllowAnonymous();
    }

    private static async Task PassOnAsync(HttpContext context)
    {
        var name = (string)context.GetRouteValue("experiment")!;
        var services = context.RequestServices;
        var found = services.GetRequiredService<ExperimentRegistry>().All.FirstOrDefault(experiment => experiment.Name == name);
        if (found is not FileExperiment { Loaded: { Definition.Front: { } rules } loaded } experiment)
        {
            // who has no key learns of no experiment, not even that it is there
            await ProblemAsync(context, 404, "No front", $"There is no experiment '{name}' whose file says 'front: true'.");
            return;
        }

        if (IsWebSocket(context.Request))
        {
            await ProblemAsync(context, 501, "No WebSockets", "A front passes requests on, one by one; it takes no WebSockets.");
            return;
        }

        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (RequestTarget.Of(raw) is not { } target)
        {
            await ProblemAsync(context, 400, "Bad path", "The path has a segment '.' or '..', which could lead out of the service that the file names, or it has a control character.");
            return;
        }

        var body = await RequestBody.ReadAnyAsync(context.Request, context.RequestAborted);
        var mayRunTwice = rules.ShadowMethods.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase);
        var request = FrontRequest.From(context.Request, target, body, mayRunTwice);
        var key = rules.KeyHeader is { } header && context.Request.Headers[header] is { Count: > 0 } value ? value.ToString() : null;
        await AnswerAsync(context, experiment, new ExperimentInput(loaded, body, request), key);
    }

    // other upgrades, such as h2c, are offers that need not be taken
    private static bool IsWebSocket(HttpRequest request) => HttpMethods.IsConnect(request.Method)
        || request.Headers.Upgrade.Any(value => (value ?? "").Split(',').Any(protocol => protocol.Trim().Equals("websocket", StringComparison.OrdinalIgnoreCase)));

    private static async Task AnswerAsync(HttpContext context, FileExperiment experiment, ExperimentInput input, string? key)
    {
        var client = context.RequestServices.GetRequiredService<SpearmintClient>();
        var runId = Guid.CreateVersion7();
        FrontResponse response;
        try
        {
            var run = await experiment.RunAsync(client, input, new RunOptions { RunId = runId, Key = key }, context.RequestAborted);
            response = (FrontResponse)run.Output!;
        }
        catch (FrontStatusException e)
        {
            response = e.Response;
        }
        catch (TargetException)
        {
            // its reason is in the record: who asks here may be anybody, and is not told where the service is
            await ProblemAsync(context, 502, "The service did not answer", $"The service behind '{experiment.Name}' could not be reached, or its answer not be read; run {runId} says why.", runId);
            return;
        }
        catch (Exception e) when (e is not (OverloadedException or ShuttingDownException or UnansweredException) && !context.RequestAborted.IsCancellationRequested)
        {
            throw new RunFailedException(runId, e, branch: null);
        }

        await response.WriteAsync(context, context.RequestAborted);
    }

    private static Task ProblemAsync(HttpContext context, int status, string title, string detail, Guid? runId = null)
    {
        var extensions = runId is { } id ? new Dictionary<string, object?> { ["runId"] = id } : null;
        return TypedResults.Problem(detail, statusCode: status, title: title, extensions: extensions).ExecuteAsync(context);
    }
}
