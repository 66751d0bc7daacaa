using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Spearmint.Domain;
using Spearmint.Host.Experiments;
using Spearmint.Host.Storage.Sql;
using Spearmint.Host.Support;
using Spearmint.Strategies;

namespace Spearmint.Host.Api;

/// <summary>What becomes of runs while the store is away, and of their keys after the end of a process.</summary>
public sealed class KeysAndTheStoreTests
{
    private int _calls;

    [Fact]
    public async Task After_a_restart_an_answer_is_the_same_and_another_body_is_422()
    {
        using var folder = new TemporaryFolder();
        string first;
        await using (var service = await StartAsync(folder, (_, _) => Task.FromResult(++_calls)))
            first = await AnswerAsync(service.Http, "once", Some.Text, HttpStatusCode.Created);

        await using var next = await StartAsync(folder, (_, _) => Task.FromResult(++_calls));

        Assert.Equal(first, await AnswerAsync(next.Http, "once", Some.Text, HttpStatusCode.Created));
        await AnswerAsync(next.Http, "once", [1], HttpStatusCode.UnprocessableEntity);
        Assert.Equal(1, _calls);
    }

    [UnixFact]
    public async Task A_run_that_a_kill_has_cut_short_is_409_and_does_not_run_again()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--urls", "http://127.0.0.1:0", "--Spearmint:DataFolder", folder["data"]];
        var body = Some.SlowBytes(12 << 20);
        await using (var host = HostProcess.Start("Development", arguments))
        {
            using var http = Keys.Client(await host.AddressAsync());
            var running = PostAsync(http, "compress-all", "once", body);
            await http.GetJsonAsync("branches?status=pending", page => page.Items().Length > 0);
            await host.SignalAsync("KILL");
            await host.ExitAsync();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => running);
        }

        await using var next = HostProcess.Start("Development", arguments);
        using var again = Keys.Client(await next.AddressAsync());
        using var response = await PostAsync(again, "compress-all", "once", body);

        Assert.Contains("cut short", (await response.ProblemAsync(HttpStatusCode.Conflict)).Text("detail"), StringComparison.Ordinal);
        Assert.Equal(0, (await again.GetJsonAsync("experiments/compress-all/account")).GetProperty("offered").GetInt64());
    }

    [Fact]
    public async Task While_the_store_is_away_a_run_with_a_key_is_503_and_has_not_run_and_one_without_runs()
    {
        using var folder = new TemporaryFolder();
        await using var service = await StartAsync(folder, (_, _) => Task.FromResult(++_calls));
        await AnswerAsync(service.Http, "before", Some.Text, HttpStatusCode.Created);

        await using (await LockAsync(folder))
        {
            using var refused = await PostAsync(service.Http, "own", "once", Some.Text);
            Assert.Equal("The store is away", (await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable)).Text("title"));
            Assert.Equal((TimeSpan.FromSeconds(1), 1), (refused.Headers.RetryAfter?.Delta, _calls));
            await service.Http.RunAsync("own", Some.Text);
            Assert.Equal(2, _calls);
        }

        await AnswerAsync(service.Http, "once", Some.Text, HttpStatusCode.Created);
        Assert.Equal(3, _calls);
    }

    [Fact]
    public async Task A_function_that_fails_while_the_store_is_away_is_500_all_the_same()
    {
        using var folder = new TemporaryFolder();
        await using var service = await StartAsync(folder, (_, _) => throw new FormatException("no"));
        await service.Http.GetJsonAsync("branches");
        File.Delete(folder["data/spearmint.db"]);

        using var response = await service.Http.PostRunAsync("own", Some.Text);

        var problem = await response.ProblemAsync(HttpStatusCode.InternalServerError);
        Assert.Contains("System.FormatException", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_can_be_changed_while_the_store_does_not_answer_and_the_list_has_it_later()
    {
        using var folder = new TemporaryFolder();
        await using var service = await StartAsync(folder, (_, _) => Task.FromResult(1));
        var store = (SqlStore)service.Services.GetService(typeof(SqlStore))!;
        var release = new TaskCompletionSource<int>();
        var held = store.WriteAsync(_ => release.Task, CancellationToken.None);

        using var response = await service.Http.PatchAsync("settings", JsonContent.Create(new { shadowsPaused = true }));
        release.SetResult(1);
        await held;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await service.Http.GetJsonAsync("audit", audit => audit.Items().Length == 1);
    }

    [Theory]
    [InlineData("branches")]
    [InlineData("runs")]
    [InlineData("runs/0193e4a7-5b1c-7d2e-8f3a-4b5c6d7e8f90")]
    [InlineData("branches/export")]
    [InlineData("experiments/own/statistics")]
    [InlineData("failures")]
    [InlineData("audit")]
    [InlineData("storage")]
    public async Task What_is_asked_of_a_store_that_is_away_is_503_and_says_when_to_come_again(string path)
    {
        using var folder = new TemporaryFolder();
        await using var service = await StartAsync(folder, (_, _) => Task.FromResult(1));
        File.Delete(folder["data/spearmint.db"]);

        using var response = await service.Http.GetAsync(path);

        Assert.Equal("The store is away", (await response.ProblemAsync(HttpStatusCode.ServiceUnavailable)).Text("title"));
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }

    // as a backup or another program does, for longer than the store waits
    private static async Task<SqliteConnection> LockAsync(TemporaryFolder folder)
    {
        var connection = new SqliteConnection($"Data Source={folder["data/spearmint.db"]};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static Task<InProcessService> StartAsync(TemporaryFolder folder, Func<byte[], BranchContext, Task<int>> function) => InProcessService.StartAsync(
        ["--Spearmint:Storage", "sqlite", "--Spearmint:DataFolder", folder["data"]],
        ByteExperiment.Of("own", "A test's own.", function, new ConfigSet([Config.From(new { n = 1 }, id: "a"), Config.From(new { n = 2 }, id: "b")]), Strategy.RoundRobin));

    private static async Task<string> AnswerAsync(HttpClient http, string key, byte[] body, HttpStatusCode expected)
    {
        using var response = await PostAsync(http, "own", key, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {text}");
        return text;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string experiment, string key, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"experiments/{experiment}/runs") { Content = new ByteArrayContent(body) };
        request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request);
    }
}
