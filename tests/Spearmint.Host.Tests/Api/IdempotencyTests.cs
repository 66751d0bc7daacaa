using System.Net;
using Spearmint.Domain;
using Spearmint.Host.Api.Runs;
using Spearmint.Host.Experiments;
using Spearmint.Host.Support;
using Spearmint.Strategies;

namespace Spearmint.Host.Api;

public sealed class IdempotencyTests
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

        var (one, other) = (await first.ProblemAsync(HttpStatusCode.InternalServerError), await second.ProblemAsync(HttpStatusCode.InternalServerError));
        Assert.Equal((one.Text("detail"), one.Text("branchId")), (other.Text("detail"), other.Text("branchId")));
        Assert.Equal((false, true, 1), (IsReplayed(first), IsReplayed(second), _calls));
    }

    [Fact]
    public async Task What_was_forgotten_is_answered_from_the_store()
    {
        await using var service = await StartAsync((_, _) => Task.FromResult(++_calls));
        var key = "once";
        using var first = await PostAsync(service, key, Some.Text);
        var records = (BranchRecords)service.Services.GetService(typeof(BranchRecords))!;
        var replayed = false;

        // as a process does that has just started: it remembers nothing, and has the store
        var stored = await new IdempotentRuns(records).RunAsync(
            "own", key, [], _ => throw new InvalidOperationException("It has run already."), () => replayed = true, CancellationToken.None);

        Assert.Equal((await first.JsonAsync()).Text("runId"), stored.RunId.ToString());
        Assert.Equal((1, true), (stored.Output!.Value.GetInt32(), replayed));
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

    private static Task<InProcessService> StartAsync(Func<byte[], BranchContext, Task<int>> function) => InProcessService.StartAsync(
        ["--Spearmint:Storage", "none"],
        ByteExperiment.Of("own", "A test's own.", function, new ConfigSet([Config.From(new { n = 1 }, id: "a"), Config.From(new { n = 2 }, id: "b")]), Strategy.RoundRobin));

    private static async Task<HttpResponseMessage> PostAsync(InProcessService service, string key, byte[] body, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "experiments/own/runs") { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await service.Http.SendAsync(request, cancellationToken);
    }

    private static bool IsReplayed(HttpResponseMessage response) => response.Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Single() == "true";
}
