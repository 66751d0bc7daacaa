using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Experiments;
using Spearmint.Host.Support;
using Spearmint.Strategies;

namespace Spearmint.Host.Api;

/// <summary>What the samples cannot show: functions that throw, hang, or return something odd.</summary>
public sealed class OwnExperimentsTests
{
    private static readonly ConfigSet Configs = new([Config.From(new Settings("sk-very-secret"), id: "only")]);
    private static readonly StrategySettings Hasty = StrategySettings.Default with { Deadline = TimeSpan.FromMilliseconds(100) };

    [Fact]
    public async Task A_function_that_throws_is_500_with_its_type_and_its_run_but_no_stack_and_no_secret()
    {
        await using var service = await StartAsync(Experiment<string>(
            (_, settings, _) => throw new FormatException($"bad {settings.ApiKey}", new TimeoutException("inner")), Strategy.RoundRobin));

        using var response = await service.Http.PostRunAsync("own", Some.Text);

        var problem = await response.ProblemAsync(HttpStatusCode.InternalServerError);
        var error = problem.GetProperty("error");
        Assert.Equal(("System.FormatException", "bad ***", "only"), (error.Text("type"), error.Text("message"), problem.Text("configId")));
        Assert.Equal("System.TimeoutException", error.GetProperty("inner").Text("type"));
        Assert.Equal(JsonValueKind.Null, error.GetProperty("stackTrace").ValueKind);
        Assert.DoesNotContain("sk-very", problem.ToString(), StringComparison.Ordinal);

        var run = await service.Http.GetEndedRunAsync(problem.Text("runId"));
        Assert.Equal(1, run.Count("failed"));
        Assert.DoesNotContain("sk-very", run.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(run.Branches()[0].GetProperty("error").Text("stackTrace"));
    }

    [Fact]
    public async Task All_failed_is_still_an_answer_where_all_branches_are_the_answer()
    {
        await using var service = await StartAsync(Experiment<string>((_, _, _) => throw new FormatException("no"), Strategy.MultiBranch));

        var run = await service.Http.RunAsync("own", Some.Text);

        Assert.Equal("failed", run.Branches()[0].Text("status"));
        Assert.Equal("System.FormatException", run.Branches()[0].GetProperty("error").Text("type"));
    }

    [Fact]
    public async Task The_first_success_is_the_output_of_the_run()
    {
        await using var service = await StartAsync(Experiment((_, _, _) => Task.FromResult("first"), Strategy.FirstSuccess));

        Assert.Equal("first", (await service.Http.RunAsync("own", Some.Text)).Text("output"));
    }

    [Fact]
    public async Task A_function_that_cancels_itself_has_failed()
    {
        await using var service = await StartAsync(Experiment<string>((_, _, _) => throw new OperationCanceledException("mine"), Strategy.RoundRobin));

        using var response = await service.Http.PostRunAsync("own", Some.Text);

        var problem = await response.ProblemAsync(HttpStatusCode.InternalServerError);
        Assert.Equal("System.OperationCanceledException", problem.GetProperty("error").Text("type"));
    }

    [Fact]
    public async Task A_strategy_that_throws_is_500_too()
    {
        await using var service = await StartAsync(Experiment((_, _, _) => Task.FromResult(1), new Strategy("broken", () => new BrokenStrategy())));

        using var response = await service.Http.PostRunAsync("own", Some.Text);

        var problem = await response.ProblemAsync(HttpStatusCode.InternalServerError);
        Assert.Contains("System.NotSupportedException", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_value_is_no_output_where_all_branches_are_the_answer()
    {
        await using var service = await StartAsync(Experiment((_, _, _) => Task.FromResult(17), Strategy.MultiBranch));

        var run = await service.Http.RunAsync("own", Some.Text);

        Assert.Equal(JsonValueKind.Null, run.GetProperty("output").ValueKind);
        Assert.Equal(17, run.Branches()[0].GetProperty("output").GetInt32());
    }

    [Fact]
    public async Task A_null_output_is_a_success()
    {
        await using var service = await StartAsync(Experiment((_, _, _) => Task.FromResult<string?>(null), Strategy.RoundRobin));

        var run = await service.Http.RunAsync("own", Some.Text);

        Assert.Equal(("success", JsonValueKind.Null), (run.Branches()[0].Text("status"), run.GetProperty("output").ValueKind));
    }

    [Fact]
    public async Task What_a_function_reports_of_itself_and_the_trace_of_the_request_are_with_the_branch_in_the_answer_and_in_the_records()
    {
        await using var service = await StartAsync(ByteExperiment.Of(
            "own", "A test's own.",
            (byte[] input, BranchContext context) =>
            {
                context.Report("tokens", 17);
                return Task.FromResult(1);
            },
            Configs, Strategy.MultiBranch));
        service.Http.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var run = await service.Http.RunAsync("own", Some.Text);

        var branch = run.Branches()[0];
        Assert.Equal((17, 1L), (branch.GetProperty("metrics").GetProperty("tokens").GetDouble(), branch.GetProperty("settingsVersion").GetInt64()));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", branch.Text("traceId"));
        Assert.Equal(branch.ToString(), (await service.Http.GetEndedRunAsync(run.Text("runId"))).Branches()[0].ToString());
    }

    [Fact]
    public async Task The_function_gets_the_bytes_as_they_were_sent()
    {
        await using var service = await StartAsync(Experiment((input, _, _) => Task.FromResult(Encoding.UTF8.GetString(input)), Strategy.RoundRobin));

        var run = await service.Http.RunAsync("own", Encoding.UTF8.GetBytes("a=b&c=ü\0"));

        Assert.Equal("a=b&c=ü\0", run.Text("output"));
    }

    [Fact]
    public async Task A_run_above_the_limit_is_503_and_says_when_to_try_again()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var service = await StartAsync(Experiment(
            async (_, _, _) =>
            {
                begun.TrySetResult();
                await go.Task;
                return 1;
            },
            Strategy.RoundRobin, StrategySettings.Default with { MaxConcurrentRuns = 1 }));
        var first = service.Http.PostRunAsync("own", Some.Text);
        await begun.Task;

        using var refused = await service.Http.PostRunAsync("own", Some.Text);

        var problem = await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Contains("MaxConcurrentRuns", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        go.SetResult();
        using var answered = await first;
        Assert.Equal(HttpStatusCode.Created, answered.StatusCode);
    }

    [Fact]
    public async Task A_run_that_takes_longer_than_its_deadline_is_504_and_its_record_is_there()
    {
        await using var service = await StartAsync(Experiment(HangAsync, Strategy.RoundRobin, Hasty));

        using var response = await service.Http.PostRunAsync("own", Some.Text);

        var problem = await response.ProblemAsync(HttpStatusCode.GatewayTimeout);
        Assert.Equal(("own", "only", 0.1), (problem.Text("experiment"), problem.Text("configId"), problem.GetProperty("deadlineSeconds").GetDouble()));
        var run = await service.Http.GetEndedRunAsync(problem.Text("runId"));
        Assert.Equal(("timedOut", problem.Text("branchId")), (run.Branches()[0].Text("status"), run.Branches()[0].Text("branchId")));
        Assert.Equal("timedOut", problem.Text("branchStatus"));
    }

    [Fact]
    public async Task A_run_that_times_out_where_the_first_success_answers_is_504_too()
    {
        await using var service = await StartAsync(Experiment(HangAsync, Strategy.FirstSuccess, Hasty));

        using var response = await service.Http.PostRunAsync("own", Some.Text);

        var problem = await response.ProblemAsync(HttpStatusCode.GatewayTimeout);
        var run = await service.Http.GetEndedRunAsync(problem.Text("runId"));
        Assert.Equal(problem.Text("branchId"), run.Branches()[0].Text("branchId"));
    }

    [Fact]
    public async Task A_branch_that_timed_out_is_in_the_answer_where_all_branches_are_the_answer()
    {
        await using var service = await StartAsync(Experiment(HangAsync, Strategy.MultiBranch, Hasty));

        var run = await service.Http.RunAsync("own", Some.Text);

        Assert.Equal("timedOut", run.Branches()[0].Text("status"));
    }

    [Fact]
    public async Task A_request_in_progress_when_the_host_ends_is_503_in_good_time()
    {
        var begun = new TaskCompletionSource();
        await using var service = await StartAsync(Experiment<string>(
            async (_, _, _) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                return "";
            },
            Strategy.RoundRobin), "--Spearmint:DrainTimeout=1");
        var run = service.Http.PostRunAsync("own", Some.Text);
        await begun.Task;

        var stopping = service.StopAsync();

        using var response = await run;
        var problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Contains("shutting down", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        await stopping.WaitAsync(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task What_ran_can_be_read_at_once()
    {
        var experiment = Experiment((_, _, _) => Task.FromResult(1), Strategy.RoundRobin);
        await using var service = await StartAsync(experiment);
        var client = service.Services.GetRequiredService<SpearmintClient>();
        for (var round = 0; round < 20; round++)
        {
            // by the client and not by a request, whose own sink makes the log hurry
            var run = await experiment.RunAsync(client, Some.Text, RunOptions.Default, CancellationToken.None);

            await service.Http.GetJsonAsync($"runs/{run.RunId}");
        }
    }

    [Fact]
    public async Task Only_the_latest_branches_are_kept_and_the_answer_for_an_older_run_says_so()
    {
        await using var service = await StartAsync(Experiment((_, _, _) => Task.FromResult(1), Strategy.RoundRobin), "--Spearmint:Storage=none", "--Spearmint:RecordedBranches=2");
        var oldest = await service.Http.RunAsync("own", Some.Text);
        await service.Http.RunAsync("own", Some.Text);
        await service.Http.RunAsync("own", Some.Text);

        using var response = await service.Http.GetAsync($"runs/{oldest.Text("runId")}");

        Assert.Contains("kept no longer", (await response.ProblemAsync(HttpStatusCode.NotFound)).Text("detail"), StringComparison.Ordinal);
        Assert.Equal(2, (await service.Http.GetJsonAsync("runs")).Items().Length);
    }

    [Fact]
    public async Task Secrets_of_a_config_are_not_listed()
    {
        await using var service = await StartAsync(Experiment((_, _, _) => Task.FromResult(1), Strategy.RoundRobin));

        var experiments = await service.Http.GetJsonAsync("experiments");

        Assert.Equal("***", experiments[0].GetProperty("configs")[0].GetProperty("values").Text("apiKey"));
    }

    private static Task<InProcessService> StartAsync(ByteExperiment experiment, params string[] settings) => InProcessService.StartAsync(settings, experiment);

    private static ByteExperiment Experiment<T>(
        Func<byte[], Settings, CancellationToken, Task<T>> function, Strategy strategy, StrategySettings? settings = null) =>
        ByteExperiment.Of("own", "A test's own.", function, Configs, strategy, settings);

    private static async Task<int> HangAsync(byte[] input, Settings settings, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 1;
    }

    private sealed record Settings(string ApiKey);

    private sealed class BrokenStrategy : IStrategy
    {
        public RunPlan Plan(PlanRequest request) => throw new NotSupportedException();
    }
}
