using System.Net;
using Microsoft.AspNetCore.Http;
using Spearmint.Domain;
using Spearmint.Host.Api.Live;
using Spearmint.Host.Samples;
using Spearmint.Host.Support;

namespace Spearmint.Host.Api;

public sealed class LiveTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_happens_is_told_as_it_happens_and_a_client_goes_on_where_it_was()
    {
        await using var service = await InProcessService.StartAsync(["--Spearmint:Storage", "none"], [.. CompressSample.Experiments()]);
        string last;
        string runId;
        using (var reader = await OpenAsync(service, "live?experiment=compress-rotate", lastEventId: null))
        {
            await service.Http.RunAsync("compress-all", Some.Text);
            runId = (await service.Http.RunAsync("compress-rotate", Some.Text)).Text("runId");
            var started = await NextAsync(reader);
            var finished = await NextAsync(reader);
            Assert.Equal(("started", "finished"), (started.Type, finished.Type));
            Assert.All([started.Data, finished.Data], data => Assert.Contains(runId, data, StringComparison.Ordinal));
            last = finished.Id;
        }

        runId = (await service.Http.RunAsync("compress-rotate", Some.Text)).Text("runId");
        using var again = await OpenAsync(service, "live?experiment=compress-rotate", last);

        Assert.Contains(runId, (await NextAsync(again)).Data, StringComparison.Ordinal);
        Assert.Equal("finished", (await NextAsync(again)).Type);
    }

    [Fact]
    public async Task An_id_of_another_process_is_a_gap_of_unknown_size_and_then_all_that_is_kept()
    {
        await using var service = await InProcessService.StartAsync(["--Spearmint:Storage", "none"], [.. CompressSample.Experiments()]);
        await service.Http.RunAsync("compress-rotate", Some.Text);
        await service.Http.GetJsonAsync("branches");

        using var reader = await OpenAsync(service, "live", "00000000-17");

        Assert.Equal(("gap", "{}"), ((await NextAsync(reader)) is var gap ? gap.Type : "", gap.Data));
        Assert.Equal("started", (await NextAsync(reader)).Type);
    }

    [Fact]
    public async Task What_has_gone_before_a_reader_came_back_is_a_gap_that_says_how_many()
    {
        var feed = new LiveFeed(capacity: 4);
        await feed.WriteAsync([.. Enumerable.Range(0, 10).Select(_ => new BranchStarted(Some.Branch()))], CancellationToken.None);

        var (missed, first, events, _) = feed.Read(after: 2, most: 3);

        Assert.Equal((4, 7, 3), (missed, first, events.Count));
        Assert.Equal([(0L, 10L, 1), (0L, 11L, 0)], ((long[])[9, 10]).Select(after => feed.Read(after, 3) is var read ? (read.Missed, read.First, read.Events.Count) : default));
    }

    [Fact]
    public async Task A_reader_that_waits_is_told_of_more_and_a_gap_in_the_log_is_one_in_the_feed()
    {
        var feed = new LiveFeed();
        var more = feed.Read(0, 10).More;
        Assert.False(more.IsCompleted);

        await feed.WriteAsync([new EventsDropped(1, 5, DropReasons.QueueFull)], CancellationToken.None);

        await more.WaitAsync(Bound);
        var gap = Assert.Single(feed.Read(0, 10).Events);
        Assert.Equal(("gap", 5L), (gap.Type, gap.Missed));
    }

    [Fact]
    public async Task A_stream_writes_the_gap_where_it_is()
    {
        var feed = new LiveFeed(capacity: 2);
        await feed.WriteAsync([.. Enumerable.Range(0, 5).Select(_ => new BranchStarted(Some.Branch()))], CancellationToken.None);
        using var end = new CancellationTokenSource();
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;

        var stream = new LiveStream(feed, context.Response, experiment: null, TimeProvider.System).WriteAsync($"{feed.Session}-1", end.Token);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream);

        var lines = System.Text.Encoding.UTF8.GetString(body.ToArray()).Split('\n').Where(line => line.StartsWith("id:", StringComparison.Ordinal) || line.Contains("missed", StringComparison.Ordinal));
        Assert.Equal([$"id: {feed.Session}-3", "data: {\"missed\":2}", $"id: {feed.Session}-4", $"id: {feed.Session}-5"], lines);
    }

    [Fact]
    public async Task A_reader_of_another_experiment_is_told_how_far_it_is()
    {
        var feed = new LiveFeed();
        await feed.WriteAsync([new BranchStarted(Some.Branch()), new BranchStarted(Some.Branch())], CancellationToken.None);
        using var end = new CancellationTokenSource();
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;

        var stream = new LiveStream(feed, context.Response, "another", new LateClock()).WriteAsync($"{feed.Session}-0", end.Token);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream);

        Assert.Equal($": heartbeat\nid: {feed.Session}-2\n\n", System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task There_are_as_many_feeds_as_may_be_and_one_that_ends_makes_room()
    {
        await using var service = await InProcessService.StartAsync(["--Spearmint:Storage", "none", "--Spearmint:MaxLiveFeeds", "1"]);
        using (await OpenAsync(service, "live", lastEventId: null))
        {
            using var refused = await service.Http.GetAsync("live");
            Assert.Contains("Spearmint:MaxLiveFeeds", (await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable)).Text("detail"), StringComparison.Ordinal);
        }

        // HTTP gives no signal when the service has seen that a client is gone
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var response = await service.Http.GetAsync("live", HttpCompletionOption.ResponseHeadersRead);
            if (response.StatusCode == HttpStatusCode.OK)
                return;
            await Task.Delay(50);
        }

        Assert.Fail("The place of a feed that has ended was not given to another.");
    }

    [Fact]
    public async Task A_service_that_ends_ends_its_feeds()
    {
        await using var service = await InProcessService.StartAsync(["--Spearmint:Storage", "none"]);
        using var reader = await OpenAsync(service, "live", lastEventId: null);

        await service.StopAsync().WaitAsync(Bound);

        string? line;
        while ((line = await reader.ReadLineAsync().WaitAsync(Bound)) is not null)
            Assert.DoesNotContain("event:", line, StringComparison.Ordinal);
    }

    private static async Task<StreamReader> OpenAsync(InProcessService service, string path, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private static async Task<(string Id, string Type, string Data)> NextAsync(StreamReader reader)
    {
        var (id, type) = ("", "");
        while (await reader.ReadLineAsync().WaitAsync(Bound) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                return (id, type, line[6..]);
        }

        throw new EndOfStreamException();
    }

    // at first it is early, and a minute later ever after
    private sealed class LateClock : TimeProvider
    {
        private bool _isLate;

        public override long GetTimestamp()
        {
            var timestamp = _isLate ? 60 * TimestampFrequency : 0;
            _isLate = true;
            return timestamp;
        }
    }
}
