using System.Net;
using System.Net.Http.Headers;
using Spearmint.Host.Support;

namespace Spearmint.Host.EndToEnd;

[Collection(RunningHostCollection.Name)]
public sealed class ProblemDetailsTests(RunningHost host)
{
    private const int OverTheLimit = (16 << 20) + 1;

    private readonly HttpClient _http = host.Http;

    [Fact]
    public async Task An_unknown_experiment_is_404_with_the_known_ones()
    {
        using var response = await _http.PostRunAsync("nope", Some.Text);

        var problem = await response.ProblemAsync(HttpStatusCode.NotFound);
        Assert.Contains("'nope'", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(["compress-rotate", "compress-shadow", "compress-all"], problem.GetProperty("known").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task An_unknown_run_is_404_and_says_why_it_may_be()
    {
        using var response = await _http.GetAsync($"runs/{Guid.NewGuid()}");

        var problem = await response.ProblemAsync(HttpStatusCode.NotFound);
        Assert.Contains("are kept no longer", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs/17", "'17'")]
    [InlineData("runs?limit=0", "1 to 1000")]
    [InlineData("runs?limit=many", "'many'")]
    [InlineData("branches?limit=1001", "1 to 1000")]
    [InlineData("branches?status=bad", "pending, success")]
    [InlineData("branches?run=17", "'17'")]
    public async Task A_query_that_makes_no_sense_is_400_and_says_what_would(string path, string said)
    {
        using var response = await _http.GetAsync(path);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains(said, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_body_is_400()
    {
        using var response = await _http.PostRunAsync("compress-all", []);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains("empty", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit_is_413_whether_or_not_it_tells_its_length(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "experiments/compress-all/runs") { Content = new ByteArrayContent(new byte[OverTheLimit]) };
        request.Headers.TransferEncodingChunked = chunked;

        // as curl does: a server that refuses early need not be sent the rest
        request.Headers.ExpectContinue = !chunked;
        using var response = await _http.SendAsync(request);

        var problem = await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Contains("16777216", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nope", HttpStatusCode.NotFound)]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/experiments/compress-all/runs", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/api/v1/runs", HttpStatusCode.MethodNotAllowed)]
    public async Task A_path_or_a_method_that_there_is_not_is_a_problem_too_whatever_the_client_accepts(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(host.Address, path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));

        using var response = await _http.SendAsync(request);

        var problem = await response.ProblemAsync(status);
        Assert.Contains(path, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_response_tells_which_server_it_is()
    {
        using var response = await _http.GetAsync("runs");

        Assert.False(response.Headers.Contains("Server"));
    }
}
