using System.Net;
using Spearmint.Host.Support;

namespace Spearmint.Host.Security;

public sealed class LimitsTests
{
    [Fact]
    public async Task After_too_many_wrong_keys_no_key_of_the_address_is_looked_at_for_now()
    {
        await using var service = await InProcessService.StartAsync(["--Spearmint:FailedKeysPerMinute", "3"]);
        using var guessing = Keys.Client(service.Http.BaseAddress!, "wrong-key-wrong-key");
        for (var guess = 0; guess < 3; guess++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await guessing.GetAsync("runs")).StatusCode);

        using var refused = await guessing.GetAsync("runs");
        using var right = await service.Http.GetAsync("runs");

        Assert.Equal("Too many wrong keys", (await refused.ProblemAsync(HttpStatusCode.TooManyRequests)).Text("title"));
        await right.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter!.Delta);
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
}
