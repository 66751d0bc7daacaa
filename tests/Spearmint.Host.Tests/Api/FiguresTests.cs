using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Api.Comparing;
using Spearmint.Host.Experiments;
using Spearmint.Host.Storage;
using Spearmint.Host.Support;
using Spearmint.Strategies;

namespace Spearmint.Host.Api;

public sealed class FiguresInMemoryTests() : FiguresTests("none");

public sealed class FiguresInSqliteTests() : FiguresTests("sqlite");

public abstract class FiguresTests(string storage)
{
    [Fact]
    public async Task Statistics_count_each_config_and_say_how_sure_its_error_rate_is()
    {
        await using var service = await StartAsync();
        for (var run = 0; run < 12; run++)
            await service.Http.RunAsync("own", Some.Text);

        var statistics = await service.Http.GetJsonAsync("experiments/own/statistics");
        var figures = statistics.GetProperty("figures").EnumerateArray().ToDictionary(config => config.Text("configId"));

        Assert.Equal(["bad", "good"], figures.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((12, 12, 0), (Whole(figures["good"], "count"), Whole(figures["good"], "success"), Whole(figures["good"], "failed")));
        Assert.Equal((12, 0, 12), (Whole(figures["bad"], "count"), Whole(figures["bad"], "success"), Whole(figures["bad"], "failed")));
        var rate = figures["good"].GetProperty("errorRate");
        Assert.Equal((0.0, 0.0, 0.242), (rate.GetProperty("rate").GetDouble(), rate.GetProperty("low").GetDouble(), Math.Round(rate.GetProperty("high").GetDouble(), 3)));
        Assert.Equal(7, figures["good"].GetProperty("metrics").GetProperty("size").GetProperty("mean").GetDouble());
        Assert.True(figures["good"].GetProperty("latencyMs").GetProperty("p99").GetDouble() >= figures["good"].GetProperty("latencyMs").GetProperty("p50").GetDouble());
    }

    [Fact]
    public async Task Statistics_come_by_bucket_and_for_one_config()
    {
        await using var service = await StartAsync();
        await service.Http.RunAsync("own", Some.Text);

        var statistics = await service.Http.GetJsonAsync("experiments/own/statistics?bucket=minute&config=good");

        var bucket = Assert.Single(statistics.GetProperty("figures").EnumerateArray());
        Assert.Equal(("good", "minute"), (bucket.Text("configId"), statistics.Text("bucket")));
        Assert.Equal(0, bucket.GetProperty("start").GetDateTime().Second);
        Assert.Empty((await service.Http.GetJsonAsync("experiments/own/statistics?to=2020-01-01")).GetProperty("figures").EnumerateArray());
    }

    [Fact]
    public async Task Two_configs_are_compared_within_the_runs_that_both_ran_in()
    {
        await using var service = await StartAsync();
        for (var run = 0; run < 12; run++)
            await service.Http.RunAsync("own", Some.Text);

        var compared = await service.Http.GetJsonAsync("experiments/own/compare?one=good&other=bad");

        Assert.Equal(12, Whole(compared, "pairedRuns"));
        var difference = Assert.Single(compared.GetProperty("configDifferences").EnumerateArray());
        Assert.Equal(("$.fails", "false", "true"), (difference.Text("path"), difference.GetProperty("one").ToString().ToLowerInvariant(), difference.GetProperty("other").ToString().ToLowerInvariant()));
        var rate = Measure(compared, "errorRate");
        Assert.Equal(("paired", 1.0, true), (rate.Text("method"), rate.GetProperty("difference").GetDouble(), rate.GetProperty("isSeen").GetBoolean()));
        Assert.StartsWith("fails more often by 100 points of 100 (", rate.Text("text"), StringComparison.Ordinal);
        Assert.Equal("paired", Measure(compared, "durationMs").Text("method"));
    }

    [Fact]
    public void The_figures_beside_a_difference_within_runs_are_of_those_runs()
    {
        var (one, other) = (new ConfigBucket("own", "a", Some.Time), new ConfigBucket("own", "b", Some.Time));
        for (var run = 0; run < 100; run++)
            one.DurationMs.Add(1000);
        var pairs = Enumerable.Range(0, 12).Select(run => new PairedBranches(Guid.NewGuid(), Short(BranchStatus.Success, 10 + run), Short(run == 0 ? BranchStatus.Failed : BranchStatus.Success, 12 + run))).ToList();

        var compared = TwoConfigs.Compare("own", new TimeRange(Some.Time, Some.Time.AddHours(1)), ("a", JsonElement.Parse("{}")), ("b", JsonElement.Parse("{}")), one, other, pairs);

        Assert.All(compared.Measures, measure => Assert.Equal(("paired", 12L), (measure.Method, measure.Count)));
        Assert.Equal((15.5, 17.5, 2.0), (compared.Measures[0].One!.Value, compared.Measures[0].Other!.Value, compared.Measures[0].Difference!.Value));
        Assert.Equal((0.0, 1 / 12.0), (compared.Measures[1].One!.Value, compared.Measures[1].Other!.Value));
        Assert.All(compared.Measures, measure => Assert.Equal(measure.Other!.Value - measure.One!.Value, measure.Difference!.Value, 1e-9));

        static BranchInShort Short(BranchStatus status, int milliseconds) => new(status, TimeSpan.FromMilliseconds(milliseconds), new Dictionary<string, double>());
    }

    [Fact]
    public async Task Mismatches_of_a_shadow_are_counted_by_place_with_samples()
    {
        await using var service = await FileService.StartAsync(
            ["--Spearmint:Storage", storage],
            [("own.yaml", "name: own\nstrategy: shadow\nconfigs: [{id: a, codec: gzip}, {id: b, codec: brotli}]\ntarget: {code: compress}\ncompare: true\n")]);
        var run = (await service.Http.RunAsync("own", Some.Text)).Text("runId");
        await service.Http.GetJsonAsync($"runs/{run}", read => read.Branches().Any(branch => branch.GetProperty("comparison").ValueKind != JsonValueKind.Null));

        var mismatches = await service.Http.GetJsonAsync("experiments/own/mismatches");

        var pair = Assert.Single(mismatches.GetProperty("pairs").EnumerateArray());
        Assert.Equal(("a", "b", 1), (pair.Text("referenceConfigId"), pair.Text("configId"), Whole(pair, "mismatch")));
        Assert.Contains("$.codec", pair.GetProperty("paths").EnumerateArray().Select(path => path.Text("path")));
        Assert.Equal(run, Assert.Single(mismatches.GetProperty("samples").EnumerateArray()).Text("runId"));
    }

    [Fact]
    public async Task Too_few_are_said_in_words()
    {
        await using var service = await StartAsync();
        await service.Http.RunAsync("own", Some.Text);

        var measure = Measure(await service.Http.GetJsonAsync("experiments/own/compare?one=good&other=bad"), "errorRate");

        Assert.Equal(("none", "too few: 1 and 1 branches, and it takes 10 of each to say"), (measure.Text("method"), measure.Text("text")));
        Assert.Equal(JsonValueKind.Null, measure.GetProperty("difference").ValueKind);
    }

    [Fact]
    public async Task Failures_are_grouped_with_the_newest_of_each()
    {
        await using var service = await StartAsync();
        await service.Http.RunAsync("own", Some.Text);
        var newest = (await service.Http.RunAsync("own", Some.Text)).Text("runId");

        foreach (var path in (string[])["failures", "experiments/own/failures"])
        {
            var group = Assert.Single((await service.Http.GetJsonAsync(path)).GetProperty("groups").EnumerateArray());
            Assert.Equal(("bad", "System.FormatException", 2, newest), (group.Text("configId"), group.Text("errorType"), Whole(group, "count"), group.Text("lastRunId")));
        }
    }

    [Fact]
    public void Mismatches_are_real_where_they_are_more_than_noise()
    {
        var pair = new PairBucket("own", "a", "b", Some.Time) { Match = 50, Mismatch = 50, Paths = { ["$.price"] = 50, ["$.time"] = 40 } };
        var noise = new PairBucket("own", "a", "a", Some.Time) { Match = 20, Mismatch = 80, Paths = { ["$.time"] = 80 } };

        var read = Assert.Single(Dto.MismatchesDto.Of("own", new TimeRange(Some.Time, Some.Time.AddHours(1)), [pair, noise], []).Pairs);

        Assert.Equal(["$.price", "$.time"], read.Paths.Select(path => path.Path));
        Assert.Equal([true, false], read.Paths.Select(path => path.IsReal));
        Assert.Equal((0.5, 0.8), (read.MismatchRate.Rate, read.Noise.Rate));
        Assert.Equal((0.4, 0.8), (read.Paths[1].Rate.Rate, read.Paths[1].Noise.Rate));
    }

    [Fact]
    public void What_is_said_of_a_difference_has_its_direction_its_amount_and_its_interval()
    {
        Assert.Equal("slower by 3.1 ms (1.2 to 5)", Said(Wording.Duration, 3.1, 1.2, 5));
        Assert.Equal("faster by 3.1 ms (1.2 to 5)", Said(Wording.Duration, -3.1, -5, -1.2));
        Assert.Equal("no difference seen (-1.2 to 0.4 ms)", Said(Wording.Duration, -0.4, -1.2, 0.4));
        Assert.Equal("fails less often by 2.3 points of 100 (0.4 to 4.25)", Said(Wording.ErrorRate, -0.023, -0.0425, -0.004));
        Assert.Equal("higher by 1230 (1000 to 1457)", Said(Wording.Metric("tokens"), 1230, 1000, 1456.7));
    }

    [Theory]
    [InlineData("""{"a":1,"b":[1,2],"c":{"d":null}}""", """{"a":1.0,"b":[1,3,4],"c":{}}""", "$.b[1] $.b[2] $.c.d")]
    [InlineData("""{"a b":1}""", """{"x":1}""", """$["a b"] $.x""")]
    [InlineData("""{"a":1}""", """{"a":1}""", "")]
    public void Configs_differ_where_their_values_do(string one, string other, string places) => Assert.Equal(
        places, string.Join(' ', ConfigDifferences.Between(JsonElement.Parse(one), JsonElement.Parse(other)).Select(difference => difference.Path)));

    private static string Said(Wording wording, double value, double low, double high) =>
        wording.Say(1, 2, "paired", 20, new Statistics.EstimatedDifference(value, new Statistics.Interval(low, high)), 20, 20).Text;

    private static JsonElement Measure(JsonElement compared, string name) => compared.GetProperty("measures").EnumerateArray().Single(measure => measure.Text("name") == name);

    private static int Whole(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private Task<InProcessService> StartAsync() => InProcessService.StartAsync(
        ["--Spearmint:Storage", storage],
        ByteExperiment.Of(
            "own", "A test's own.",
            (_, context) =>
            {
                if (context.Config.Id == "bad")
                    throw new FormatException("no");

                context.Report("size", 7);
                return Task.FromResult(1);
            },
            new ConfigSet([Config.From(new Settings(false), id: "good"), Config.From(new Settings(true), id: "bad")]), Strategy.MultiBranch));

    private sealed record Settings(bool Fails);
}
