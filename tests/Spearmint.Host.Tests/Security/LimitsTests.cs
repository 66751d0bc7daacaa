using System.Net;
using System.Net.Http.Json;
using Spearmint.Host.Support;

namespace Spearmint.Host.Security;

public sealed class LimitsTests
{
    [Fact]
    public async Task After_too_many_wrong_keys_no_new_key_of_the_address_is_looked_at_for_now()
    {
        await using var service = await InProcessService.StartAsync(["--Spearmint:FailedKeysPerMinute", "3"]);
        await GuessAsync(service, 3);

        using var refused = await GetAsync(service, "Bearer wrong-key-wrong-key");
        using var right = await service.Http.GetAsync("runs");

        Assert.Equal("Too many wrong keys", (await refused.ProblemAsync(HttpStatusCode.TooManyRequests)).Text("title"));
        await right.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_key_that_was_right_before_goes_on_whatever_others_of_the_address_send()
    {
        await using var service = await InProcessService.StartAsync(["--Spearmint:FailedKeysPerMinute", "3"]);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync("runs")).StatusCode);
        await GuessAsync(service, 3);

        using var known = await service.Http.GetAsync("runs");
        using var unknown = await GetAsync(service, $"Bearer {Keys.Viewer}");
        using var session = await service.Http.PostAsJsonAsync("session", new { key = Keys.Operator });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (known.StatusCode, unknown.StatusCode, session.StatusCode));
    }

    [Theory]
    [InlineData("Bearer stale-key-of-a-script")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==")]
    public async Task What_is_no_new_guess_shuts_nobody_out(string header)
    {
        await using var service = await InProcessService.StartAsync(["--Spearmint:FailedKeysPerMinute", "3"]);

        for (var time = 0; time < 10; time++)
        {
            using var response = await GetAsync(service, header);
            await response.ProblemAsync(HttpStatusCode.Unauthorized);
        }

        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync("runs")).StatusCode);
    }

    [Fact]
    public async Task Connections_above_the_limit_are_closed()
    {
        await using var service = await InProcessService.StartAsync(["--Spearmint:Storage", "none", "--Spearmint:MaxConnections", "1"]);
        using var open = await service.Http.GetAsync("live", HttpCompletionOption.ResponseHeadersRead);
        using var another = Keys.Client(service.Http.BaseAddress!);

        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => another.GetAsync("runs"));
    }

    [Fact]
    public async Task Requests_over_the_rate_are_429_and_say_when_to_come_again()
    {
        await using var service = await InProcessService.StartAsync(["--Spearmint:RequestsPerSecond", "1"]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.Http.GetAsync("session")));

        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Contains("Spearmint:RequestsPerSecond", (await refused.ProblemAsync(HttpStatusCode.TooManyRequests)).Text("detail"), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("POST", "session", 5000)]
    [InlineData("PATCH", "settings", (1 << 20) + 1)]
    public async Task A_body_that_no_key_or_change_has_is_413(string method, string path, int length)
    {
        await using var service = await InProcessService.StartAsync(["--Spearmint:Storage", "none"]);
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = new StringContent($"{{\"key\":\"{new string('x', length)}\"}}", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = true;

        using var response = await service.Http.SendAsync(request);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    private static async Task GuessAsync(InProcessService service, int times)
    {
        for (var guess = 0; guess < times; guess++)
        {
            using var response = await GetAsync(service, $"Bearer wrong-key-wrong-key-{guess}");
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    private static async Task<HttpResponseMessage> GetAsync(InProcessService service, string authorization)
    {
        using var http = new HttpClient { BaseAddress = service.Http.BaseAddress };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        return await http.GetAsync("runs");
    }
}
