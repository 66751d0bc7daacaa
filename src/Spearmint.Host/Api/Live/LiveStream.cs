using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spearmint.Host.Api.Live;

/// <summary>Writes a feed into one answer as server-sent events, until the client or the service ends.</summary>
/// <param name="feed">The feed.</param>
/// <param name="response">The answer.</param>
/// <param name="experiment">Only events of this experiment; null for all.</param>
/// <param name="clock">What the heartbeat goes by.</param>
internal sealed class LiveStream(LiveFeed feed, HttpResponse response, string? experiment, TimeProvider clock)
{
    private const int MostAtOnce = 256;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly JsonSerializerOptions Json = new(ApiJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="lastEventId">The id of the last event that the client has; null for one that begins now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(string? lastEventId, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        var after = await BeginAsync(lastEventId, cancellationToken);
        var sent = clock.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            var (missed, first, events, more) = feed.Read(after, MostAtOnce);
            var text = new StringBuilder();
            if (missed > 0)
                Add(text, first - 1, LiveEvent.Gap(missed));
            for (var place = 0; place < events.Count; place++)
            {
                if (experiment is null || events[place].Experiment is not { } name || name == experiment)
                    Add(text, first + place, events[place]);
            }

            after = first + events.Count - 1;

            // keeps proxies from ending it, finds out whether anybody listens, and tells how far a reader is who is told of few events
            if (text.Length == 0 && clock.GetElapsedTime(sent) >= Heartbeat)
                text.Append(CultureInfo.InvariantCulture, $": heartbeat\nid: {feed.Session}-{after}\n\n");
            if (text.Length > 0)
            {
                await SendAsync(text, cancellationToken);
                sent = clock.GetTimestamp();
            }

            if (events.Count == 0)
                await WaitAsync(more, Heartbeat - clock.GetElapsedTime(sent), cancellationToken);
        }
    }

    // what the client has not had of another process is not known to this one
    private async Task<long> BeginAsync(string? lastEventId, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(lastEventId))
        {
            await SendAsync(new StringBuilder(": live\n\n"), cancellationToken);
            return feed.Last;
        }

        if (lastEventId.Split('-') is [var session, var number] && session == feed.Session
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last <= feed.Last)
        {
            return last;
        }

        var text = new StringBuilder();
        Add(text, 0, LiveEvent.Gap(missed: null));
        await SendAsync(text, cancellationToken);
        return 0;
    }

    private async Task WaitAsync(Task more, TimeSpan most, CancellationToken cancellationToken)
    {
        try
        {
            await more.WaitAsync(most > TimeSpan.Zero ? most : TimeSpan.Zero, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // it is time for a heartbeat
        }
    }

    private void Add(StringBuilder text, long number, LiveEvent happened) => text
        .Append(CultureInfo.InvariantCulture, $"id: {feed.Session}-{number}\nevent: {happened.Type}\ndata: ")
        .Append(JsonSerializer.Serialize(happened, Json)).Append("\n\n");

    private async Task SendAsync(StringBuilder text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text.ToString(), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
