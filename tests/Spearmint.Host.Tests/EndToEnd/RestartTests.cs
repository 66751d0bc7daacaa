using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Spearmint.Host.Support;

namespace Spearmint.Host.EndToEnd;

/// <summary>What outlives a process: records, answers of keys, sessions, the audit list.</summary>
public sealed class RestartTests
{
    [UnixFact]
    public async Task A_run_with_a_key_a_session_and_a_change_are_known_to_the_next_process()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--urls", "http://127.0.0.1:0", "--Spearmint:DataFolder", folder["data"]];
        using var browser = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var session = new HttpClient(browser);
        JsonElement first;
        await using (var host = HostProcess.Start("Development", arguments))
        {
            using var http = Keys.Client(await host.AddressAsync());
            first = await RunOnceAsync(http, isReplayed: false);
            using var change = await http.PatchAsync("experiments/compress-rotate/settings", JsonContent.Create(new { shadowSampleRate = 0.5 }));
            Assert.Equal(HttpStatusCode.OK, change.StatusCode);
            using var begun = await session.PostAsJsonAsync(new Uri(http.BaseAddress!, "session"), new { key = Keys.Operator });
            Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
            await host.SignalAsync("TERM");
            Assert.Equal(0, await host.ExitAsync());
        }

        await using var next = HostProcess.Start("Development", arguments);
        using var again = Keys.Client(await next.AddressAsync());

        var second = await RunOnceAsync(again, isReplayed: true);
        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal("settings.change", Assert.Single((await again.GetJsonAsync("audit")).Items()).Text("action"));
        Assert.Equal("sqlite", (await again.GetJsonAsync("storage")).Text("kind"));
        using var known = await session.GetAsync(new Uri(again.BaseAddress!, "runs"));
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Equal(1, (await again.GetJsonAsync("account")).GetProperty("strategies").EnumerateArray().Count(strategy => strategy.Text("name") == "compress-rotate"));
        Assert.All((await again.GetJsonAsync("account")).GetProperty("strategies").EnumerateArray(), strategy => Assert.Equal(0, strategy.GetProperty("offered").GetInt64()));
    }

    private static async Task<JsonElement> RunOnceAsync(HttpClient http, bool isReplayed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "experiments/compress-rotate/runs") { Content = new ByteArrayContent(Some.Text) };
        request.Headers.Add("Idempotency-Key", "order-4711");
        using var response = await http.SendAsync(request);
        Assert.Equal((HttpStatusCode.Created, isReplayed), (response.StatusCode, response.Headers.Contains("Idempotency-Replayed")));
        return await response.JsonAsync();
    }
}
