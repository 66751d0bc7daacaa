using System.Net;
using System.Net.Http.Json;
using Spearmint.Host.Experiments;
using Spearmint.Host.Samples;
using Spearmint.Host.Support;

namespace Spearmint.Host.Security;

/// <summary>What a browser does: a key for a cookie, and a token with every change.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task A_key_is_exchanged_for_a_cookie_that_no_script_reads_and_no_other_site_sends()
    {
        await using var service = await StartAsync();
        using var browser = new Browser(service);

        using var response = await browser.BeginAsync(Keys.Viewer);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("spearmint-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.All(response.Headers.GetValues("Set-Cookie"), set => Assert.Contains("path=/api;", set, StringComparison.OrdinalIgnoreCase));
        var session = await browser.Http.GetJsonAsync("session");
        Assert.Equal(("viewer-key", "viewer"), (session.Text("name"), session.Text("role")));
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("runs")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_key_begins_no_session()
    {
        await using var service = await StartAsync();
        using var browser = new Browser(service);

        using var response = await browser.BeginAsync("wrong-key-wrong-key");

        await response.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.GetAsync("runs")).StatusCode);
    }

    [Fact]
    public async Task A_session_changes_nothing_without_its_antiforgery_token()
    {
        await using var service = await StartAsync();
        using var browser = new Browser(service);
        var token = (await (await browser.BeginAsync(Keys.Operator)).JsonAsync()).Text("antiforgeryToken");

        using var without = await browser.RunAsync(token: null);
        Assert.Contains(CrossSite.TokenHeader, (await without.ProblemAsync(HttpStatusCode.Forbidden)).Text("detail"), StringComparison.Ordinal);
        using var wrong = await browser.RunAsync(token[..^4] + "AAAA");
        await wrong.ProblemAsync(HttpStatusCode.Forbidden);
        using var right = await browser.RunAsync(token);
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
        using var later = await browser.RunAsync((await browser.Http.GetJsonAsync("session")).Text("antiforgeryToken"));
        Assert.Equal(HttpStatusCode.Created, later.StatusCode);
    }

    [Fact]
    public async Task A_session_that_has_ended_opens_nothing()
    {
        await using var service = await StartAsync();
        using var browser = new Browser(service);
        var token = (await (await browser.BeginAsync(Keys.Operator)).JsonAsync()).Text("antiforgeryToken");

        using var end = new HttpRequestMessage(HttpMethod.Delete, "session") { Headers = { { CrossSite.TokenHeader, token } } };
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Http.SendAsync(end)).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.GetAsync("runs")).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_when_its_key_is_another()
    {
        using var folder = new TemporaryFolder();
        string[] settings = ["--Spearmint:Storage", "none", "--Spearmint:DataFolder", folder["data"]];
        using var cookies = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var http = new HttpClient(cookies);
        await using (var service = await InProcessService.StartAsync(settings))
        {
            using var begun = await http.PostAsJsonAsync(new Uri(service.Http.BaseAddress!, "session"), new { key = Keys.Operator });
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(service.Http.BaseAddress!, "runs"))).StatusCode);
        }

        await using (var same = await InProcessService.StartAsync(settings))
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(same.Http.BaseAddress!, "runs"))).StatusCode);

        await using var other = await InProcessService.StartAsync([.. settings, "--Spearmint:OperatorKey", "another-key-of-the-tests"]);
        using var refused = await http.GetAsync(new Uri(other.Http.BaseAddress!, "runs"));
        await refused.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_site_changes_nothing_even_with_a_key(string header, string value)
    {
        await using var service = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "experiments/compress-rotate/runs") { Content = new ByteArrayContent(Some.Text) };
        request.Headers.Add(header, value);

        using var response = await service.Http.SendAsync(request);

        Assert.Equal("Another site", (await response.ProblemAsync(HttpStatusCode.Forbidden)).Text("title"));
    }

    [Fact]
    public async Task A_page_of_the_service_itself_may()
    {
        await using var service = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "experiments/compress-rotate/runs") { Content = new ByteArrayContent(Some.Text) };
        request.Headers.Add("Origin", service.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var response = await service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task Every_answer_says_what_a_browser_may_do_with_it_problems_too()
    {
        await using var service = await StartAsync();

        foreach (var path in (string[])["runs", "nothing", "runs/17", "/"])
        {
            using var response = await service.Http.GetAsync(path);
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
            Assert.Equal(path != "/", response.Headers.CacheControl?.NoStore ?? false);
        }
    }

    private static Task<InProcessService> StartAsync() => InProcessService.StartAsync([], [.. CompressSample.Experiments()]);

    private sealed class Browser : IDisposable
    {
        public Browser(InProcessService service) =>
            Http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = service.Http.BaseAddress };

        public HttpClient Http { get; }

        public Task<HttpResponseMessage> BeginAsync(string key) => Http.PostAsJsonAsync("session", new { key });

        public Task<HttpResponseMessage> RunAsync(string? token)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "experiments/compress-rotate/runs") { Content = new ByteArrayContent(Some.Text) };
            if (token is not null)
                request.Headers.Add(CrossSite.TokenHeader, token);
            return Http.SendAsync(request);
        }

        public void Dispose() => Http.Dispose();
    }
}
