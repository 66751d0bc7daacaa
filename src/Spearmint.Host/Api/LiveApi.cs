using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Spearmint.Host.Api.Live;
using Spearmint.Host.Experiments;
using Spearmint.Host.Security;

namespace Spearmint.Host.Api;

/// <summary>What happens, as it happens.</summary>
internal static class LiveApi
{
    public static void MapLive(this RouteGroupBuilder api) => api.MapGet("/live", StreamAsync).WithTags("live")
        .WithSummary("What happens to branches, as it happens, by server-sent events").Produces<string>(200, "text/event-stream").Problems(404, 503);

    private static async Task StreamAsync(
        HttpContext context, LiveFeed feed, LiveReaders readers, ExperimentRegistry experiments, IHostApplicationLifetime lifetime, TimeProvider clock,
        [Description("Only events of this experiment.")] string? experiment,
        [FromHeader(Name = "Last-Event-ID"), Description("The id of the last event that the client has, to go on from there.")] string? lastEventId)
    {
        var name = Query.Name(experiment) is { } given ? experiments.Find(given).Name : null;
        using var place = readers.Enter();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await new LiveStream(feed, context.Response, name, clock).WriteAsync(lastEventId, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the client has gone, or the service ends: the stream ends with it
        }
    }
}
