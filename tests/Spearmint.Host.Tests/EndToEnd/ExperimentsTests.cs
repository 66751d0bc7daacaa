using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Spearmint.Host.Samples;
using Spearmint.Host.Support;

namespace Spearmint.Host.EndToEnd;

[Collection(RunningHostCollection.Name)]
public sealed class ExperimentsTests(RunningHost host)
{
    private readonly HttpClient _http = host.Http;

    [Fact]
    public async Task The_list_has_each_experiment_with_its_strategy_and_its_configs()
    {
        var experiments = (await _http.GetJsonAsync("experiments")).EnumerateArray().ToList();

        Assert.Equal(["compress-rotate", "compress-shadow", "compress-all"], experiments.Select(experiment => experiment.Text("name")));
        Assert.Equal(["round_robin", "shadow", "multi_branch"], experiments.Select(experiment => experiment.Text("strategy")));
        Assert.All(experiments, experiment =>
        {
            Assert.NotEmpty(experiment.Text("description"));
            var configs = experiment.GetProperty("configs").EnumerateArray().ToList();
            Assert.Equal(CompressSample.Configs.Select(config => config.Id), configs.Select(config => config.Text("configId")));
            Assert.Equal("gzip", configs[0].GetProperty("values").Text("codec"));
        });
    }

    [Fact]
    public async Task All_at_once_answers_with_every_branch_in_config_order()
    {
        using var response = await _http.PostRunAsync("compress-all", Some.Text);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var run = await response.JsonAsync();
        Assert.Equal(JsonValueKind.Null, run.GetProperty("output").ValueKind);
        Assert.Equal(CompressSample.Configs.Select(config => config.Id), run.Branches().Select(branch => branch.Text("configId")));
        Assert.All(run.Branches(), branch =>
        {
            Assert.Equal(("success", "candidate"), (branch.Text("status"), branch.Text("role")));
            var output = branch.GetProperty("output");
            Assert.Equal(Some.Text.Length, output.GetProperty("inputBytes").GetInt32());
            Assert.InRange(output.GetProperty("outputBytes").GetInt32(), 1, Some.Text.Length / 10);
            Assert.Equal(branch.GetProperty("config").Text("codec"), output.Text("codec"));
            Assert.Equal(branch.GetProperty("config").Text("level"), output.Text("level"));
        });
    }

    [Fact]
    public async Task The_location_of_an_answer_is_its_run()
    {
        using var response = await _http.PostRunAsync("compress-all", Some.Text);
        var answer = await response.JsonAsync();

        var run = await _http.GetJsonAsync(response.Headers.Location!.ToString());

        Assert.Equal(answer.Text("runId"), run.Text("runId"));
    }

    [Fact]
    public async Task Rotation_answers_with_the_next_config_on_every_run()
    {
        var ids = new List<string>();
        for (var run = 0; run < CompressSample.Configs.Count + 1; run++)
            ids.Add(Assert.Single((await _http.RunAsync("compress-rotate", Some.Text)).Branches()).Text("configId"));

        var start = CompressSample.Configs.IndexOf(ids[0]);
        Assert.Equal(
            Enumerable.Range(start, ids.Count).Select(index => CompressSample.Configs[index % CompressSample.Configs.Count].Id),
            ids);
    }

    [Fact]
    public async Task Concurrent_runs_use_each_config_equally_often()
    {
        const int Rounds = 3;

        var runs = await Task.WhenAll(Enumerable.Range(0, Rounds * CompressSample.Configs.Count).Select(_ => _http.RunAsync("compress-rotate", Some.Text)));

        var uses = runs.GroupBy(run => run.Branches()[0].Text("configId")).ToList();
        Assert.Equal(CompressSample.Configs.Count, uses.Count);
        Assert.All(uses, use => Assert.Equal(Rounds, use.Count()));
        Assert.Equal(runs.Length, runs.Select(run => run.Text("runId")).Distinct().Count());
    }

    [Fact]
    public async Task A_shadow_run_answers_with_the_primary_while_its_shadows_still_run()
    {
        var answer = await _http.RunAsync("compress-shadow", Some.SlowBytes(3 << 19));

        Assert.Equal("gzip", answer.GetProperty("output").Text("codec"));
        Assert.Equal("primary", Assert.Single(answer.Branches()).Text("role"));

        var early = await _http.GetJsonAsync($"runs/{answer.Text("runId")}");
        Assert.Equal(12, early.Count("total"));
        Assert.Contains(early.Branches(), branch => branch.Text("status") == "pending" && branch.GetProperty("durationMs").ValueKind == JsonValueKind.Null);

        var ended = await _http.GetEndedRunAsync(answer.Text("runId"));
        Assert.Equal(12, ended.Count("success"));
        Assert.Equal(11, ended.Branches().Count(branch => branch.Text("role") == "shadow"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Any_type_of_content_is_bytes(string? contentType)
    {
        using var content = new ByteArrayContent(Some.Text);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using var response = await _http.PostAsync("experiments/compress-rotate/runs", content);

        var run = await response.JsonAsync();
        Assert.Equal(Some.Text.Length, run.GetProperty("output").GetProperty("inputBytes").GetInt32());
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_its_run()
    {
        using var leaving = new CancellationTokenSource();
        var run = _http.PostRunAsync("compress-all", Some.SlowBytes(4 << 20), leaving.Token);
        var pending = await _http.GetJsonAsync("branches?experiment=compress-all&status=pending", branches => branches.Items().Length > 0);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        var ended = await _http.GetEndedRunAsync(pending.Items()[0].Text("runId"));
        Assert.True(ended.Count("cancelled") > 0, $"{ended}");
        Assert.Equal(0, ended.Count("failed"));
    }
}
