using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Spearmint.Host.Support;

internal static class HttpClientExtensions
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static Task<HttpResponseMessage> PostRunAsync(this HttpClient http, string experiment, byte[] body, CancellationToken cancellationToken = default) =>
        http.PostAsync($"experiments/{experiment}/runs", new ByteArrayContent(body), cancellationToken);

    /// <summary>Runs an experiment that is expected to answer.</summary>
    public static async Task<JsonElement> RunAsync(this HttpClient http, string experiment, byte[] body)
    {
        using var response = await http.PostRunAsync(experiment, body);
        var answer = await response.JsonAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, $"{response.StatusCode}: {answer}");
        return answer;
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient http, string path)
    {
        using var response = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    /// <summary>Reads until it is as expected: HTTP gives no signal when a shadow ends.</summary>
    public static async Task<JsonElement> GetJsonAsync(this HttpClient http, string path, Func<JsonElement, bool> expected)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            var json = await http.GetJsonAsync(path);
            if (expected(json))
                return json;

            Assert.True(waiting.Elapsed < Bound, $"{path} did not become as expected; it is {json}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>The run with no branch pending.</summary>
    public static Task<JsonElement> GetEndedRunAsync(this HttpClient http, string runId) =>
        http.GetJsonAsync($"runs/{runId}", run => run.GetProperty("counts").GetProperty("pending").GetInt32() == 0);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) => JsonElement.Parse(await response.Content.ReadAsStringAsync());

    /// <summary>The problem details of a response that must be some.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(text);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>What is on a page of a list.</summary>
    public static JsonElement[] Items(this JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    public static JsonElement[] Branches(this JsonElement run) => [.. run.GetProperty("branches").EnumerateArray()];

    public static int Count(this JsonElement run, string status) => run.GetProperty("counts").GetProperty(status).GetInt32();
}
