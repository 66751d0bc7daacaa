using System.Net;
using System.Text;
using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Experiments;
using Spearmint.Host.Support;
using Spearmint.Strategies;

namespace Spearmint.Host.Api;

public sealed class ControlInMemoryTests() : ControlTests("none");

public sealed class ControlInSqliteTests() : ControlTests("sqlite");

public abstract class ControlTests(string storage)
{
    [Fact]
    public async Task A_change_is_in_force_at_once_and_on_the_audit_list()
    {
        await using var service = await StartAsync();

        using var response = await PatchAsync(service, "experiments/own/settings", """{"shadowSampleRate":0.25,"deadlineMs":1500,"participation":{"step":"down"},"weights":{"a":3}}""");

        var changed = await response.JsonAsync();
        Assert.Equal((HttpStatusCode.OK, 2, "\"2\""), (response.StatusCode, changed.GetProperty("version").GetInt32(), response.Headers.ETag!.Tag));
        var settings = await service.Http.GetJsonAsync("experiments/own/settings");
        Assert.Equal(changed.ToString(), settings.ToString());
        Assert.Equal((0.25, 1500, 0.5), (settings.GetProperty("shadowSampleRate").GetDouble(), settings.GetProperty("deadlineMs").GetDouble(), settings.GetProperty("participation").GetProperty("share").GetDouble()));
        var entry = Assert.Single((await service.Http.GetJsonAsync("audit")).Items());
        Assert.Equal(("operator-key", "settings.change", "own"), (entry.Text("who"), entry.Text("action"), entry.Text("subject")));
        Assert.Equal((1, 0.25), (
            entry.GetProperty("details").GetProperty("before").GetProperty("shadowSampleRate").GetDouble(), entry.GetProperty("details").GetProperty("after").GetProperty("shadowSampleRate").GetDouble()));
        Assert.DoesNotContain("noiseRate", entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kill_switch_pauses_the_shadows_of_all()
    {
        await using var service = await StartAsync();

        using var response = await PatchAsync(service, "settings", """{"shadowsPaused":true}""");
        var run = (await service.Http.RunAsync("own", Some.Text)).Text("runId");

        Assert.True((await response.JsonAsync()).GetProperty("shadowsPaused").GetBoolean());
        Assert.Equal(1, (await service.Http.GetEndedRunAsync(run)).Count("skipped"));
        Assert.Equal("all experiments", Assert.Single((await service.Http.GetJsonAsync("audit")).Items()).Text("subject"));
    }

    [Fact]
    public async Task Of_two_changes_of_one_version_the_second_is_412_and_changes_nothing()
    {
        await using var service = await StartAsync();
        using var first = await PatchAsync(service, "experiments/own/settings", """{"shadowsPaused":true}""", "\"1\"");

        using var second = await PatchAsync(service, "experiments/own/settings", """{"shadowsPaused":false}""", "\"1\"");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Contains("\"2\"", (await second.ProblemAsync(HttpStatusCode.PreconditionFailed)).Text("detail"), StringComparison.Ordinal);
        Assert.True((await service.Http.GetJsonAsync("experiments/own/settings")).GetProperty("shadowsPaused").GetBoolean());
        Assert.Single((await service.Http.GetJsonAsync("audit")).Items());
    }

    [Theory]
    [InlineData("W/\"1\"", HttpStatusCode.OK)]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData("W/\"2\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("1.0", HttpStatusCode.PreconditionFailed)]
    public async Task A_tag_that_a_proxy_made_weak_is_the_same_version(string ifMatch, HttpStatusCode status)
    {
        await using var service = await StartAsync();

        using var response = await PatchAsync(service, "experiments/own/settings", """{"shadowsPaused":true}""", ifMatch);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"shadows":1}""", "Known: shadowsPaused, shadowSampleRate, noiseRate, deadlineMs")]
    [InlineData("""{"shadowSampleRate":2}""", "ShadowSampleRate is a share from 0 to 1")]
    [InlineData("""{"shadowSampleRate":"much"}""", "must be a number")]
    [InlineData("""{"deadlineMs":0}""", "above 0")]
    [InlineData("""{"maxConcurrentRuns":0}""", "at least 1")]
    [InlineData("""{"participation":{"step":"sideways"}}""", "\"up\" or \"down\"")]
    [InlineData("""{"participation":{"allowedKeys":["x"],"deniedKeys":["x"]}}""", "AllowedKeys")]
    [InlineData("""{"weights":{"a":-1}}""", "at least 0")]
    [InlineData("""{"migrationStage":"nowhere"}""", "dualWrite")]
    [InlineData("""{}""", "members to change")]
    [InlineData("""[1]""", "JSON object")]
    [InlineData("""{""", "no JSON")]
    public async Task A_change_that_makes_no_sense_is_400_and_says_what_would(string change, string said)
    {
        await using var service = await StartAsync();

        using var response = await PatchAsync(service, "experiments/own/settings", change);

        Assert.Contains(said, (await response.ProblemAsync(HttpStatusCode.BadRequest)).Text("detail"), StringComparison.Ordinal);
        Assert.Equal(1, (await service.Http.GetJsonAsync("experiments/own/settings")).GetProperty("version").GetInt32());
        Assert.Empty((await service.Http.GetJsonAsync("audit")).Items());
    }

    [Fact]
    public async Task An_experiment_shows_all_that_is_known_of_it()
    {
        await using var service = await StartAsync();
        await service.Http.RunAsync("own", Some.Text);

        var detail = await service.Http.GetJsonAsync("experiments/own");
        var definition = await service.Http.GetJsonAsync("experiments/own/definition");

        Assert.Equal(("shadow", 1L), (detail.Text("strategy"), detail.GetProperty("account").GetProperty("answered").GetInt64()));
        Assert.Equal(2, detail.GetProperty("configs").GetArrayLength());
        Assert.NotEmpty(detail.GetProperty("figures").EnumerateArray());
        Assert.Equal(("code", JsonValueKind.Null), (definition.Text("source"), definition.GetProperty("text").ValueKind));
        Assert.Equal(0, (await service.Http.GetJsonAsync("experiment-files/errors")).GetArrayLength());
        Assert.Equal("own", (await service.Http.GetJsonAsync("experiments/own/account")).Text("name"));
        Assert.Equal("own", (await service.Http.GetJsonAsync("account")).GetProperty("strategies").EnumerateArray().Last().Text("name"));
        Assert.Contains("store", (await service.Http.GetJsonAsync("sinks")).EnumerateArray().Select(sink => sink.Text("name")));
        Assert.Equal(storage, (await service.Http.GetJsonAsync("storage")).Text("kind"));
    }

    private Task<InProcessService> StartAsync() => InProcessService.StartAsync(
        ["--Spearmint:Storage", storage],
        ByteExperiment.Of<int>(
            "own", "A test's own.", (_, _) => Task.FromResult(1), new ConfigSet([Config.From(new { n = 1 }, id: "a"), Config.From(new { n = 2 }, id: "b")]), Strategy.Shadow()));

    private static Task<HttpResponseMessage> PatchAsync(InProcessService service, string path, string change, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent(change, Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return service.Http.SendAsync(request);
    }
}
