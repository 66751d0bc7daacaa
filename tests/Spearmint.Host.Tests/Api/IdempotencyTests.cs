using System.Net;
using Spearmint.Domain;
using Spearmint.Host.Api.Runs;
using Spearmint.Host.Experiments;
using Spearmint.Host.Storage;
using Spearmint.Host.Support;
using Spearmint.Strategies;

namespace Spearmint.Host.Api;

public sealed class IdempotencyInMemoryTests() : IdempotencyTests("none");

public sealed class IdempotencyInSqliteTests() : IdempotencyTests("sqlite");

public abstract class IdempotencyTests(string storage)
{
    private int _calls;

    [Fact]
    public async Task Fifty_at_once_with_one_key_run_once_and_all_get_the_same_answer()
    {
        var release = new TaskCompletionSource();
        await using var service = await StartAsync(async (_, _) =>
        {
            Interlocked.Increment(ref _calls);
            await release.Task;
            return 17;
        });
        var posts = Enumerable.Range(0, 50).Select(_ => PostAsync(service, "once", Some.Text)).ToList();
        await service.Http.GetJsonAsync("branches?status=pending", page => page.Items().Length > 0);

        release.SetResult();
        var answers = await Task.WhenAll(posts);

        Assert.Equal(1, _calls);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        Assert.Equal(49, answers.Count(IsReplayed));
        Assert.Equal(IdempotentRuns.RunIdOf("own", "once").ToString(), (await answers[0].JsonAsync()).Text("runId"));
    }

    [Fact]
    public async Task A_caller_who_goes_away_ends_nothing_and_finds_the_answer_later()
    {
        var release = new TaskCompletionSource();
        await using var service = await StartAsync(async (_, context) =>
        {
            Interlocked.Increment(ref _calls);
            await release.Task.WaitAsync(context.CancellationToken);
            return 17;
        });
        using var leaving = new CancellationTokenSource();
        var first = PostAsync(service, "once", Some.Text, leaving.Token);
        await service.Http.GetJsonAsync("branches?status=pending", page => page.Items().Length > 0);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult();

        using var second = await PostAsync(service, "once", Some.Text);

        Assert.Equal((HttpStatusCode.Created, true, 1), (second.StatusCode, IsReplayed(second), _calls));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_422()
    {
        await using var service = await StartAsync((_, _) => Task.FromResult(1));
        using var first = await PostAsync(service, "once", Some.Text);

        using var other = await PostAsync(service, "once", [1]);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await other.ProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_run_that_failed_is_not_run_again_and_answered_with_the_same_failure()
    {
        await using var service = await StartAsync((_, _) =>
        {
            _calls++;
            throw new FormatException("no");
        });
        using var first = await PostAsync(service, "once", Some.Text);

        using var second = await PostAsync(service, "once", Some.Text);

        var problem = await first.ProblemAsync(HttpStatusCode.InternalServerError);
        Assert.Equal(("System.FormatException: no", true), (problem.Text("detail"), problem.TryGetProperty("traceId", out _)));
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Equal((false, true, 1), (IsReplayed(first), IsReplayed(second), _calls));
    }

    [Theory]
    [InlineData("first_success", "bad: true", "")]
    [InlineData("first_success", "codec: brotli", "")]
    [InlineData("{ type: hedge, delay: 1ms }", "codec: brotli", "")]
    [InlineData("multi_branch", "bad: true", "")]
    [InlineData("shadow", "codec: brotli", "record: { output: false }")]
    public async Task Whatever_the_strategy_a_replay_is_the_answer_byte_for_byte(string strategy, string other, string record)
    {
        await using var service = await FileService.StartAsync(
            ["--Spearmint:Storage", storage],
            [("own.yaml", $"name: own\nstrategy: {strategy}\nconfigs: [{{id: a, codec: gzip}}, {{id: b, {other}}}]\ntarget: {{code: compress}}\n{record}\n")]);
        using var first = await PostAsync(service.Http, "once", Some.Text);

        using var second = await PostAsync(service.Http, "once", Some.Text);

        Assert.Equal((first.StatusCode, false, true), (second.StatusCode, IsReplayed(first), IsReplayed(second)));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal((first.Headers.Location, first.Content.Headers.ContentType), (second.Headers.Location, second.Content.Headers.ContentType));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(500_000, HttpStatusCode.Created)]
    [InlineData(1_100_000, HttpStatusCode.Conflict)]
    public async Task A_large_answer_is_replayed_up_to_a_mebibyte_and_above_it_says_where_the_run_is(int length, HttpStatusCode status)
    {
        await using var service = await InProcessService.StartAsync(
            ["--Spearmint:Storage", storage],
            ByteExperiment.Of("own", "A test's own.", (_, _) => Task.FromResult(new string('x', length / 2)), new ConfigSet([Config.From(new { n = 1 }, id: "a")]), Strategy.RoundRobin));
        using var first = await PostAsync(service.Http, "once", Some.Text);

        using var second = await PostAsync(service.Http, "once", Some.Text);

        Assert.Equal((HttpStatusCode.Created, status), (first.StatusCode, second.StatusCode));
        if (status == HttpStatusCode.Created)
            Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        else
            Assert.Contains($"/api/v1/runs/{IdempotentRuns.RunIdOf("own", "once")}", (await second.ProblemAsync(status)).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_refused_has_not_run_and_may_be_tried_again()
    {
        var release = new TaskCompletionSource();
        await using var service = await StartAsync(async (_, _) =>
        {
            Interlocked.Increment(ref _calls);
            await release.Task;
            return 17;
        });
        using var limit = await service.Http.PatchAsync("experiments/own/settings", System.Net.Http.Json.JsonContent.Create(new { maxConcurrentRuns = 1 }));
        var running = PostAsync(service, "first", Some.Text);
        await service.Http.GetJsonAsync("branches?status=pending", page => page.Items().Length > 0);

        using var refused = await PostAsync(service, "once", Some.Text);
        release.SetResult();
        await running;
        using var again = await PostAsync(service, "once", Some.Text);

        await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal((HttpStatusCode.Created, false, 2), (again.StatusCode, IsReplayed(again), _calls));
    }

    [Fact]
    public async Task A_place_that_is_taken_and_has_no_answer_is_409_and_runs_nothing()
    {
        await using var service = await StartAsync((_, _) => Task.FromResult(++_calls));
        using var first = await PostAsync(service, "other", Some.Text);
        var store = (IBranchStore)service.Services.GetService(typeof(IBranchStore))!;
        var request = new RunRequest();
        Assert.Null(await store.ReserveAnswerAsync(IdempotentRuns.RunIdOf("own", "once"), request.Fingerprint(Some.Text), Some.Time, CancellationToken.None));

        using var response = await PostAsync(service, "once", Some.Text);

        Assert.Contains("in progress elsewhere, or was cut short", (await response.ProblemAsync(HttpStatusCode.Conflict)).Text("detail"), StringComparison.Ordinal);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Other_keys_and_no_key_run_on_their_own()
    {
        await using var service = await StartAsync((_, _) => Task.FromResult(Interlocked.Increment(ref _calls)));

        await PostAsync(service, "one", Some.Text);
        await PostAsync(service, "other", Some.Text);
        await service.Http.RunAsync("own", Some.Text);

        Assert.Equal(3, _calls);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("")]
    public async Task A_key_that_is_none_is_400(string key)
    {
        await using var service = await StartAsync((_, _) => Task.FromResult(1));

        using var response = await PostAsync(service, key, Some.Text);

        Assert.Contains("1 to 255", (await response.ProblemAsync(HttpStatusCode.BadRequest)).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_id_is_a_UUID_of_version_8_that_goes_by_experiment_and_key()
    {
        var id = IdempotentRuns.RunIdOf("own", "once");

        Assert.Equal((8, id), (id.Version, IdempotentRuns.RunIdOf("own", "once")));
        Assert.Equal(3, new HashSet<Guid> { id, IdempotentRuns.RunIdOf("own", "twice"), IdempotentRuns.RunIdOf("other", "once") }.Count);
    }

    [Theory]
    [InlineData("?config=b", "b")]
    [InlineData("?config=a&deadlineMs=5000&key=me", "a")]
    public async Task A_run_may_say_its_config(string query, string config)
    {
        await using var service = await StartAsync((_, _) => Task.FromResult(1));

        using var response = await service.Http.PostAsync($"experiments/own/runs{query}", new ByteArrayContent(Some.Text));

        Assert.Equal(config, Assert.Single((await response.JsonAsync()).Branches()).Text("configId"));
    }

    [Theory]
    [InlineData("?config=z", HttpStatusCode.NotFound, "Known: a, b")]
    [InlineData("?deadlineMs=0", HttpStatusCode.BadRequest, "86400000")]
    [InlineData("?deadlineMs=soon", HttpStatusCode.BadRequest, "86400000")]
    public async Task What_a_run_cannot_be_is_refused(string query, HttpStatusCode status, string said)
    {
        await using var service = await StartAsync((_, _) => Task.FromResult(1));

        using var response = await service.Http.PostAsync($"experiments/own/runs{query}", new ByteArrayContent(Some.Text));

        Assert.Contains(said, (await response.ProblemAsync(status)).Text("detail"), StringComparison.Ordinal);
    }

    private Task<InProcessService> StartAsync(Func<byte[], BranchContext, Task<int>> function) => InProcessService.StartAsync(
        ["--Spearmint:Storage", storage],
        ByteExperiment.Of("own", "A test's own.", function, new ConfigSet([Config.From(new { n = 1 }, id: "a"), Config.From(new { n = 2 }, id: "b")]), Strategy.RoundRobin));

    private static Task<HttpResponseMessage> PostAsync(InProcessService service, string key, byte[] body, CancellationToken cancellationToken = default) =>
        PostAsync(service.Http, key, body, cancellationToken);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string key, byte[] body, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "experiments/own/runs") { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await http.SendAsync(request, cancellationToken);
    }

    private static bool IsReplayed(HttpResponseMessage response) => response.Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Single() == "true";
}
