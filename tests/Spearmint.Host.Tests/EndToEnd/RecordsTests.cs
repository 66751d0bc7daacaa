using System.Text.Json;
using Spearmint.Host.Samples;
using Spearmint.Host.Support;

namespace Spearmint.Host.EndToEnd;

[Collection(RunningHostCollection.Name)]
public sealed class RecordsTests(RunningHost host)
{
    private readonly HttpClient _http = host.Http;

    [Fact]
    public async Task Runs_are_listed_newest_first_with_their_counts()
    {
        var first = await _http.RunAsync("compress-rotate", Some.Text);
        var second = await _http.RunAsync("compress-all", Some.Text);
        await _http.GetEndedRunAsync(first.Text("runId"));

        var runs = (await _http.GetJsonAsync("runs?limit=2")).Items();

        Assert.Equal([second.Text("runId"), first.Text("runId")], runs.Select(run => run.Text("runId")));
        Assert.Equal(("compress-all", "multi_branch", 12, 12), (runs[0].Text("experiment"), runs[0].Text("strategy"), runs[0].Count("total"), runs[0].Count("success")));
        Assert.Equal(("compress-rotate", 1), (runs[1].Text("experiment"), runs[1].Count("total")));
        Assert.EndsWith("Z", runs[0].Text("startedAt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_can_be_narrowed_to_an_experiment()
    {
        var wanted = await _http.RunAsync("compress-rotate", Some.Text);
        await _http.RunAsync("compress-all", Some.Text);

        var runs = (await _http.GetJsonAsync("runs?experiment=compress-rotate")).Items();

        Assert.Equal(wanted.Text("runId"), runs[0].Text("runId"));
        Assert.All(runs, run => Assert.Equal("compress-rotate", run.Text("experiment")));
        Assert.Empty((await _http.GetJsonAsync("runs?experiment=nope")).Items());
    }

    [Fact]
    public async Task A_record_has_what_the_answer_had()
    {
        var answered = Assert.Single((await _http.RunAsync("compress-rotate", Some.Text)).Branches());

        var run = await _http.GetEndedRunAsync(answered.Text("runId"));

        Assert.Equal(answered.ToString(), Assert.Single(run.Branches()).ToString());
    }

    [Fact]
    public async Task Branches_can_be_narrowed_by_run_experiment_config_and_status()
    {
        var run = await _http.RunAsync("compress-all", Some.Text);
        var config = CompressSample.Configs[4].Id;
        await _http.GetEndedRunAsync(run.Text("runId"));

        var branch = Assert.Single((await _http.GetJsonAsync(
            $"branches?run={run.Text("runId")}&experiment=compress-all&config={config}&status=success")).Items());

        Assert.Equal((run.Text("runId"), config), (branch.Text("runId"), branch.Text("configId")));
        Assert.Empty((await _http.GetJsonAsync($"branches?run={run.Text("runId")}&status=failed")).Items());
        Assert.Empty((await _http.GetJsonAsync($"branches?run={run.Text("runId")}&experiment=compress-rotate")).Items());
        Assert.Equal(5, (await _http.GetJsonAsync($"branches?run={run.Text("runId")}&limit=5")).Items().Length);
    }

    [Fact]
    public async Task Branches_have_the_documented_members()
    {
        var run = await _http.RunAsync("compress-all", Some.Text);

        var branch = (await _http.GetJsonAsync($"branches?run={run.Text("runId")}&limit=1")).Items().Single();

        Assert.Equal(
            [
                "runId", "branchId", "experiment", "strategy", "configId", "config", "role", "status", "startedAt", "durationMs", "output", "error", "skipReason",
                "metrics", "settingsVersion", "traceId", "parentRunId", "parentBranchId", "context", "comparison",
            ],
            branch.EnumerateObject().Select(member => member.Name));
        Assert.Equal(JsonValueKind.Number, branch.GetProperty("durationMs").ValueKind);
        Assert.Equal((1L, "{}"), (branch.GetProperty("settingsVersion").GetInt64(), branch.GetProperty("metrics").ToString()));
        Assert.Matches("^[0-9a-f]{32}$", branch.Text("traceId"));
    }
}
