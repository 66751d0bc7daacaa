using System.Net;
using Spearmint.Domain;
using Spearmint.Host.Experiments;
using Spearmint.Host.Support;
using Spearmint.Strategies;

namespace Spearmint.Host.Api;

public sealed class PagingInMemoryTests() : PagingTests("none");

public sealed class PagingInSqliteTests() : PagingTests("sqlite");

public abstract class PagingTests(string storage)
{
    [Theory]
    [InlineData("branches")]
    [InlineData("runs")]
    public async Task Page_by_page_each_of_a_thousand_comes_once_while_new_ones_arrive(string list)
    {
        await using var service = await StartAsync();
        var before = new List<string>();
        for (var run = 0; run < 500; run++)
            before.AddRange((await service.Http.RunAsync("echo", Some.Text)).Branches().Select(branch => branch.Text(list == "runs" ? "runId" : "branchId")));

        var seen = new List<string>();
        for (var next = $"/api/v1/{list}?experiment=echo&limit=37"; next is not null;)
        {
            var page = await service.Http.GetJsonAsync(next);
            seen.AddRange(page.Items().Select(item => item.Text(list == "runs" ? "runId" : "branchId")));
            next = page.GetProperty("next").GetString();
            await service.Http.RunAsync("echo", Some.Text);
        }

        Assert.Equal(1000, before.Count);
        Assert.Equal(before.Distinct().Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_address_of_the_next_page_asks_the_same_question()
    {
        await using var service = await StartAsync();
        for (var run = 0; run < 3; run++)
            await service.Http.RunAsync("echo", Some.Text);

        var page = await service.Http.GetJsonAsync("branches?config=a&metric=size:1:&metric=size::1000000&limit=2");
        var next = await service.Http.GetJsonAsync(page.Text("next"));

        Assert.Equal(2, page.Items().Length);
        Assert.Equal("a", Assert.Single(next.Items()).Text("configId"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, next.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("branches?metric=size", "NAME:LEAST:MOST")]
    [InlineData("branches?metric=size:9:1", "NAME:LEAST:MOST")]
    [InlineData("branches?metric=size:x:", "NAME:LEAST:MOST")]
    [InlineData("branches?role=king", "primary, shadow, candidate, noise")]
    [InlineData("runs?verdict=maybe", "match, mismatch, ignored, error")]
    [InlineData("runs?from=soon", "such as 2026-11-22T12:00:00Z")]
    [InlineData("runs?from=2026-01-02&to=2026-01-01", "before to")]
    [InlineData("runs?before=17", "next of a page")]
    [InlineData("audit?before=17", "next of a page")]
    [InlineData("branches/17", "no branch id")]
    [InlineData("branches/export?format=xml", "jsonl, csv")]
    [InlineData("experiments/echo/statistics?bucket=week", "none, minute, hour, day")]
    [InlineData("experiments/echo/statistics?bucket=minute&from=2020-01-01&to=2026-01-01", "longer bucket")]
    [InlineData("experiments/echo/compare?one=a", "ids of two configs of echo: a, b")]
    [InlineData("experiments/echo/compare?one=a&other=a", "two different")]
    public async Task What_makes_no_sense_is_400_and_says_what_would(string path, string said)
    {
        await using var service = await StartAsync();

        using var response = await service.Http.GetAsync(path);

        Assert.Contains(said, (await response.ProblemAsync(HttpStatusCode.BadRequest)).Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("statistics?to=9999-12-31T23:59:30Z")]
    [InlineData("statistics?from=0001-01-01&to=9999-12-31T23:59:59.9999999Z")]
    [InlineData("failures?from=0001-01-01T00:00:30Z")]
    public async Task The_ends_of_time_are_times(string path)
    {
        await using var service = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync($"experiments/echo/{path}")).StatusCode);
    }

    [Theory]
    [InlineData("experiments/nope", "Known: echo")]
    [InlineData("experiments/nope/statistics", "Known: echo")]
    [InlineData("experiments/nope/settings", "Known: echo")]
    [InlineData("experiments/echo/compare?one=a&other=z", "Known: a, b")]
    [InlineData("branches/0193e4a7-5b1c-7d2e-8f3a-4b5c6d7e8f90", "no record of branch")]
    [InlineData("live?experiment=nope", "Known: echo")]
    public async Task What_there_is_not_is_404_and_says_what_there_is(string path, string said)
    {
        await using var service = await StartAsync();

        using var response = await service.Http.GetAsync(path);

        Assert.Contains(said, (await response.ProblemAsync(HttpStatusCode.NotFound)).Text("detail"), StringComparison.Ordinal);
    }

    private Task<InProcessService> StartAsync() => InProcessService.StartAsync(
        ["--Spearmint:Storage", storage],
        ByteExperiment.Of(
            "echo", "Says how long its input is.",
            (input, context) =>
            {
                context.Report("size", input.Length);
                return Task.FromResult(input.Length);
            },
            new ConfigSet([Config.From(new { way = 1 }, id: "a"), Config.From(new { way = 2 }, id: "b")]), Strategy.MultiBranch));
}
