using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Spearmint.Host.Support;

namespace Spearmint.Host.Targets;

/// <summary>Real calls of a real server, by the API of the service.</summary>
public sealed class HttpTargetTests
{
    private const string Variable = "SPEARMINT_TESTS_HTTP_KEY";
    private const string Secret = "s3cr\"et /ö";

    static HttpTargetTests() => Environment.SetEnvironmentVariable(Variable, Secret);

    [Fact]
    public async Task A_call_is_made_of_the_config_and_the_input_and_its_answer_is_mapped()
    {
        await using var upstream = await Upstream.JsonAsync("""{"choices":[{"text":"hi"}],"usage":{"total tokens":17},"ms":"no number"}""");
        await using var service = await FileService.StartAsync(("ask.yaml", $$$"""
            name: ask
            strategy: shadow
            configs: [{id: small, model: s-1, temperature: 0.5, stop: [a, b], name: 'a/b?c d"ü'}]
            record: {input: true}
            target:
              http:
                method: put
                url: "{{{upstream.Address}}}v1/{{config.name}}?q={{input.question}}&m={{config.model}}"
                hosts: ["{{{upstream.HostAndPort}}}"]
                headers:
                  X-Model: "{{config.model}} x"
                  Content-Type: application/vnd.test+json
                body:
                  model: "{{config.model}}"
                  temperature: "{{config.temperature}}"
                  stop: "{{config.stop}}"
                  all: "{{input}}"
                  text: 'say "{{input.question}}" twice'
                  constant: [1, true, null]
                response:
                  output: $.choices[0].text
                  metrics: {tokens: "$.usage['total tokens']", missing: $.nope, odd: $.ms}
            """));

        var run = await service.Http.RunAsync("ask", Encoding.UTF8.GetBytes("""{"question":"a\"b\n&c","n":1}"""));

        Assert.Equal("hi", run.Text("output"));
        Assert.Equal("""{"tokens":17}""", run.Branches()[0].GetProperty("metrics").GetRawText());
        var (method, target, headers, body) = Assert.Single(upstream.Requests);
        Assert.Equal(("PUT", "/v1/a%2Fb%3Fc%20d%22%C3%BC?q=a%22b%0A%26c&m=s-1"), (method, target));
        Assert.Equal(("s-1 x", "application/vnd.test+json"), (headers["X-Model"].ToString(), headers.ContentType.ToString()));
        Assert.Equal(
            """{"model":"s-1","temperature":0.5,"stop":["a","b"],"all":{"question":"a\"b\n&c","n":1},"text":"say \"a\"b\n&c\" twice","constant":[1,true,null]}""",
            JsonElement.Parse(body).ToString().Replace("\\u0022", "\\\"", StringComparison.Ordinal).Replace("\\u0026", "&", StringComparison.Ordinal));
        var recorded = await service.Http.GetEndedRunAsync(run.Text("runId"));
        Assert.Equal(17, recorded.Branches()[0].GetProperty("metrics").GetProperty("tokens").GetDouble());
    }

    [Theory]
    [InlineData("'{{input}}'", "application/octet-stream", "ff00", "ff00")]
    [InlineData("'{{input}}'", "text/plain; charset=utf-8", "6869", "6869")]
    [InlineData("'{{input}}'", "application/json", "5b315d", "5b315d")]
    [InlineData("'<{{input}}>'", "text/plain; charset=utf-8", "6869", "3c68693e")]
    [InlineData("'[\"{{input}}\", {{input}}]'", "application/json", "61226222", null)]
    public async Task A_body_that_is_a_text_is_sent_with_what_it_is(string body, string type, string input, string? sent)
    {
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await FileService.StartAsync(("a.yaml", Simple(upstream, $"body: {body}")));

        await service.Http.RunAsync("a", Convert.FromHexString(input));

        var request = Assert.Single(upstream.Requests);
        Assert.Equal(("POST", type), (request.Method, request.Headers.ContentType.ToString()));
        Assert.Equal(sent ?? Convert.ToHexStringLower("[\"a\\\"b\\\"\", \"a\\u0022b\\u0022\"]"u8), Convert.ToHexStringLower(request.Body));
    }

    [Fact]
    public async Task What_stands_in_a_form_is_escaped()
    {
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await FileService.StartAsync(
            ("a.yaml", Simple(upstream, "headers: {Content-Type: application/x-www-form-urlencoded}\n    body: 'q={{input}}&n=1'")));

        await service.Http.RunAsync("a", Encoding.UTF8.GetBytes("a&b=c +\u00fc.."));

        Assert.Equal("q=a%26b%3Dc%20%2B%C3%BC..&n=1", Encoding.UTF8.GetString(Assert.Single(upstream.Requests).Body));
    }

    [Theory]
    [InlineData("{\"a\": [1]}", """{"a":[1]}""")]
    [InlineData("plain text", "\"plain text\"")]
    [InlineData("", "\"\"")]
    public async Task Without_a_path_the_whole_answer_is_the_output(string answer, string output)
    {
        await using var upstream = await Upstream.JsonAsync(answer);
        await using var service = await FileService.StartAsync(("a.yaml", Simple(upstream)));

        Assert.Equal(output, JsonSerializer.Serialize((await service.Http.RunAsync("a", Some.Text)).GetProperty("output")));
        Assert.Equal("GET", Assert.Single(upstream.Requests).Method);
    }

    [Fact]
    public async Task A_status_that_is_no_success_fails_the_branch_with_what_was_said()
    {
        await using var upstream = await Upstream.JsonAsync("{\"why\":\"too much\"}", status: 429);
        await using var service = await FileService.StartAsync(("a.yaml", Simple(upstream)), ("b.yaml", Simple(upstream, "response: {success: [200-299, 429]}", "b")));

        Assert.Equal($"GET {upstream.Address} answered 429 Too Many Requests: {{\"why\":\"too much\"}}", await FailureAsync(service, "a"));
        Assert.Equal("too much", (await service.Http.RunAsync("b", Some.Text)).GetProperty("output").Text("why"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = await Upstream.JsonAsync("\"secret of another host\"");
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.Redirect($"{other.Address}");
            return Task.CompletedTask;
        });
        await using var service = await FileService.StartAsync(("a.yaml", Simple(upstream)));

        Assert.Contains("answered 302 Found (redirects are not followed)", await FailureAsync(service, "a"), StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_host_that_is_not_named_is_never_called_also_when_a_run_brings_it_in_an_input()
    {
        await using var other = await Upstream.JsonAsync("1");
        await using var upstream = await Upstream.JsonAsync("1");
        var text = Simple(upstream).Replace($"'{upstream.Address}'", $"'{upstream.Address}go/{{{{input}}}}'", StringComparison.Ordinal);
        await using var service = await FileService.StartAsync(("a.yaml", text));

        foreach (var input in (string[])[$"{other.Address}", $"@{other.HostAndPort}/", $"/../../{other.HostAndPort}", "\r\nHost: evil.test", "?x#y"])
            await service.Http.RunAsync("a", Encoding.UTF8.GetBytes(input));

        Assert.Equal("'..', which cannot be a part of a URL", (await FailureAsync(service, "a", ".."))[^38..^1]);
        Assert.Empty(other.Requests);
        Assert.All(upstream.Requests, request => Assert.StartsWith("/go/", request.Target, StringComparison.Ordinal));
        Assert.All(upstream.Requests, request => Assert.DoesNotContain('/', request.Target["/go/".Length..]));
    }

    [Fact]
    public async Task A_header_cannot_be_split()
    {
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await FileService.StartAsync(("a.yaml", Simple(upstream, "headers: {X-A: '{{input}}'}")));

        Assert.Contains("has a line break or another control character", await FailureAsync(service, "a", "a\r\nX-B: c"), StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData(1000, 1000, true)]
    [InlineData(1001, 1000, false)]
    public async Task An_answer_is_read_up_to_its_cap(int bytes, int most, bool isTaken)
    {
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            // without a length, in chunks
            await context.Response.Body.WriteAsync(Some.EasyBytes(bytes / 2));
            await context.Response.Body.FlushAsync();
            await context.Response.Body.WriteAsync(Some.EasyBytes(bytes - (bytes / 2)));
        });
        await using var service = await FileService.StartAsync(("a.yaml", Simple(upstream, $"maxResponseBytes: {most}")));

        if (isTaken)
            Assert.Equal(bytes, (await service.Http.RunAsync("a", Some.Text)).Text("output").Length);
        else
            Assert.EndsWith("answered with more than 1000 bytes (maxResponseBytes).", await FailureAsync(service, "a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_fails_the_branch()
    {
        await using var upstream = await Upstream.JsonAsync("1");
        var text = Simple(upstream);
        await upstream.DisposeAsync();
        await using var service = await FileService.StartAsync(("a.yaml", text));

        Assert.StartsWith($"GET {upstream.Address} failed: ", await FailureAsync(service, "a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_left_at_the_deadline_and_knows_it()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.RequestAborted.Register(left.SetResult);
            return left.Task;
        });
        await using var service = await FileService.StartAsync(("a.yaml", Simple(upstream) + "settings: {deadline: 200ms}"));

        using var response = await service.Http.PostRunAsync("a", Some.Text);

        await response.ProblemAsync(HttpStatusCode.GatewayTimeout);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_secret_of_the_environment_is_sent_and_found_nowhere_else()
    {
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            // a service that says again what it was told, and fails every other time
            context.Response.StatusCode = context.Request.Path == "/bad" ? 500 : 200;
            await context.Response.WriteAsJsonAsync(new
            {
                authorization = context.Request.Headers.Authorization.ToString(),
                raw = context.Request.QueryString.Value,
                query = context.Request.Query["k"].ToString(),
            });
        });
        var text = $$$"""
            name: NAME
            strategy: shadow
            configs: [{}]
            record: {input: true}
            target:
              http:
                url: "{{{upstream.Address}}}NAME?k={{env.{{{Variable}}}}}"
                hosts: ["{{{upstream.HostAndPort}}}"]
                headers: {Authorization: "Bearer {{env.{{{Variable}}}}}"}
            """;
        await using var service = await FileService.StartAsync(
            ("good.yaml", text.Replace("NAME", "good", StringComparison.Ordinal)), ("bad.yaml", text.Replace("NAME", "bad", StringComparison.Ordinal)));

        var run = await service.Http.RunAsync("good", Encoding.UTF8.GetBytes("an input"));
        var failure = await FailureAsync(service, "bad");

        Assert.Equal(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"Bearer {Secret}")), Latin1(upstream.Requests.First().Headers.Authorization.ToString()));
        Assert.Contains("Bearer ***", run.ToString(), StringComparison.Ordinal);
        Assert.Contains("Bearer ***", failure, StringComparison.Ordinal);
        var everything = $"{run}{failure}{await service.Http.GetJsonAsync("branches")}{await service.Http.GetJsonAsync("experiments")}"
            + service.Registry.Find("good").File!.Text;
        foreach (var branch in await service.BranchesAsync(branches => branches.Length == 2))
            everything += await service.Http.GetJsonAsync($"branches/{branch.Text("branchId")}");
        foreach (var format in (string[])["jsonl", "csv"])
            everything += await service.Http.GetStringAsync($"branches/export?format={format}");
        everything += await service.Http.GetJsonAsync("failures");
        Assert.Contains("an input", everything, StringComparison.Ordinal);
        Assert.Contains("HttpTarget.CallAsync", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", everything, StringComparison.Ordinal);

        static string Latin1(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task The_trace_of_the_caller_goes_on_in_the_call()
    {
        await using var upstream = await Upstream.JsonAsync("1");
        await using var service = await FileService.StartAsync(("a.yaml", Simple(upstream)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "experiments/a/runs") { Content = new ByteArrayContent(Some.Text) };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var response = await service.Http.SendAsync(request);

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", Assert.Single(upstream.Requests).Headers["traceparent"].ToString(), StringComparison.Ordinal);
    }

    private static string Simple(Upstream upstream, string more = "", string name = "a") =>
        $"name: {name}\nstrategy: shadow\nconfigs: [{{}}]\ntarget:\n  http:\n    url: '{upstream.Address}'\n    hosts: ['{upstream.HostAndPort}']\n    {more}\n";

    private static async Task<string> FailureAsync(FileService service, string experiment, string input = "x")
    {
        using var response = await service.Http.PostRunAsync(experiment, Encoding.UTF8.GetBytes(input));
        return (await response.ProblemAsync(HttpStatusCode.InternalServerError)).GetProperty("error").Text("message");
    }
}
