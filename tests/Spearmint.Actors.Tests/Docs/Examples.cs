using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spearmint.Client;
using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Hosting;
using Spearmint.Protocol;
using Spearmint.Sinks;
using Spearmint.Statistics;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Docs;

/// <summary>The code of the documents, compiled and run. A test compares the documents with this file.</summary>
public sealed class Examples : SpearmintKit
{
    private sealed record RankConfig(string Formula, double Boost = 1.0);

    private static Task<string[]> RankAsync(string query, RankConfig config, CancellationToken cancellationToken) =>
        Task.FromResult<string[]>([$"{query} by {config.Formula} x {config.Boost}"]);

    [Fact]
    public async Task One_example_for_each_strategy()
    {
        var client = Client;
        var ct = CancellationToken.None;

        // the variants: each value, each combination
        var configs = Config.Expand(new { formula = Sweep.Of("bm25", "tf-idf"), boost = Sweep.Of(1.0, 2.0) });

        // RoundRobin: every call uses the next config
        var rotate = client.CreateExperiment<string, RankConfig, string[]>("rank-rotate", RankAsync, configs, Strategy.RoundRobin);
        string[] hits = await rotate.RunAsync("spearmint", ct);

        // Shadow: the first config answers at once, the others run behind its back
        var shadow = client.CreateExperiment<string, RankConfig, string[]>("rank-shadow", RankAsync, configs, Strategy.Shadow());
        hits = await shadow.RunAsync("spearmint", ct);

        // MultiBranch: all at once, and you get every branch: output or error, duration, config
        var compare = client.CreateExperiment<string, RankConfig, string[]>("rank-all", RankAsync, configs, Strategy.MultiBranch);
        foreach (var branch in await compare.RunAllAsync("spearmint", ct))
            Console.WriteLine($"{branch.Config} {branch.Status} {branch.Duration.TotalMilliseconds} ms {branch.Output?.Length} hits");

        Assert.NotEmpty(hits);
    }

    [Fact]
    public async Task The_typed_experiment_in_a_host()
    {
        var builder = Host.CreateApplicationBuilder();

        builder.Services.AddAkka("shop", akka => akka.WithSpearmint(spearmint => spearmint
            .AddSink("memory", new InMemorySink())
            .AddExperiment<string, RankConfig, string[]>(
                "rank",
                RankAsync,
                [
                    Config.From(new { formula = "bm25" }, id: "current"),
                    Config.From(new { formula = "bm25", boost = 2.0 }, id: "candidate"),
                ],
                Strategy.Shadow(primaryConfigId: "current"))));
        builder.Services.AddSingleton<Search>();

        using var host = builder.Build();
        await host.StartAsync().Soon();
        Assert.Equal(["mint by bm25 x 1"], await host.Services.GetRequiredService<Search>().FindAsync("mint", CancellationToken.None).Soon());
        await host.StopAsync().Soon();
    }

    private sealed class Search(Experiment<string, RankConfig, string[]> rank)
    {
        public Task<string[]> FindAsync(string query, CancellationToken ct) => rank.RunAsync(query, ct);
    }

    [Fact]
    public async Task Plain_Ask()
    {
        ActorSystem system = Sys;

        var root = SpearmintClient.For(system).Root;
        var result = await root.Ask<ExperimentResult>(new RunExperiment(
            async (input, config, ct) => await CallModelAsync((string)input!, config.Get<string>("model")!, ct),
            [Config.From(new { model = "small" }), Config.From(new { model = "large" })],
            input: "Hello")
        {
            ExperimentName = "greet",
            StrategyName = "shadow",
        });
        Console.WriteLine($"{result.RunId}: {result.Output}");

        var gathered = await root.Ask<ShadowsGathered>(new GatherShadows(result.RunId) { StrategyName = "shadow" });
        Console.WriteLine($"large said {gathered.Shadows[0].Output}");

        Assert.Equal("small: Hello", result.Output);
        Assert.Equal("large: Hello", gathered.Shadows[0].Output);

        static Task<object?> CallModelAsync(string input, string model, CancellationToken cancellationToken) => Task.FromResult<object?>($"{model}: {input}");
    }

    // Runs the primary always, and the others only for every n-th run.
    public sealed class EveryNth(int n) : IStrategy
    {
        private int _runs;

        public RunPlan Plan(PlanRequest request) => _runs++ % n == 0
            ? RunPlan.PrimaryWithShadows(request.Configs, primary: 0)
            : RunPlan.One(request.Configs[0]);
    }

    [Fact]
    public async Task A_custom_strategy()
    {
        var client = Client;
        var configs = Some.Configs("a", "b");

        var everyTenth = new Strategy("every_tenth", () => new EveryNth(10));
        var rank = client.CreateExperiment<string, string>("rank", (query, config, ct) => Task.FromResult(query + config.Id), configs, everyTenth);

        for (var run = 0; run < 20; run++)
            Assert.Equal("xa", await rank.RunAsync("x").Soon());
        Assert.Equal(2, (await Sink.FinishedAsync(22)).Count(branch => branch.Role == BranchRole.Shadow));

        var supervisor = await client.RegisterStrategyAsync("every_tenth", () => new EveryNth(10));

        Assert.NotNull(supervisor);
    }

    [Fact]
    public void A_custom_strategy_is_tested_as_plain_code()
    {
        var configs = new ConfigSet([Config.From(new { v = 1 }, "a"), Config.From(new { v = 2 }, "b")]);
        var strategy = new EveryNth(2);
        var request = new PlanRequest(Guid.NewGuid(), "rank", configs, Input: null);

        Assert.Equal(2, strategy.Plan(request).Branches.Length);
        Assert.Single(strategy.Plan(request).Branches);
    }

    [Fact]
    public void A_strategy_composed_of_others()
    {
        var rollout = Strategy.Sampled(0.1, Strategy.Shadow("current"), otherwise: Strategy.Pick(
            (19, Strategy.SingleConfig("current")),
            (1, Strategy.SingleConfig("candidate"))));

        var strategy = rollout.Create();
        var configs = Some.Configs("current", "candidate");
        var plans = Choices.Ids(10_000).Select(id => strategy.Plan(new PlanRequest(id, "rank", configs, Input: null))).ToList();
        Assert.InRange(plans.Count(plan => plan.Branches.Length == 2), 900, 1100);
        Assert.InRange(plans.Count(plan => plan.Branches is [{ Config.Id: "candidate" }]), 400, 500);
    }

    // Runs the first config that is not quarantined: all others stand by.
    public sealed class Failover : IStrategy
    {
        public RunPlan Plan(PlanRequest request) =>
            RunPlan.One(request.Configs.FirstOrDefault(config => !request.IsQuarantined(config)) ?? request.Configs[0]);
    }

    [Fact]
    public void A_custom_strategy_passes_over_a_config_that_fails()
    {
        var request = new PlanRequest(Guid.NewGuid(), "rank", Some.Configs("a", "b"), Input: null);

        var second = new Failover().Plan(request with { Quarantined = config => config.Id == "a" });

        Assert.Equal("b", second.Branches[0].Config.Id);
        Assert.Equal("a", new Failover().Plan(request with { Quarantined = _ => true }).Branches[0].Config.Id);
        Assert.Equal("a", new Failover().Plan(request).Branches[0].Config.Id);
    }

    public sealed class CsvSink(string path) : IBranchSink
    {
        public async Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
        {
            var lines = batch.OfType<BranchFinished>().Select(branch =>
                $"{branch.Sequence},{branch.RunId},{branch.BranchId},{branch.ConfigId},{branch.Status},{branch.Duration.TotalMilliseconds}");
            await File.AppendAllLinesAsync(path, lines, cancellationToken);
        }
    }

    [Fact]
    public async Task A_custom_sink()
    {
        var client = Client;
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.csv");

        await client.RegisterSinkAsync("csv", new CsvSink(path));

        await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"));

        IReadOnlyList<string> unfinished = await client.FlushAsync(TimeSpan.FromSeconds(5));

        Assert.Empty(unfinished);
        Assert.Contains(",a,Success,", Assert.Single(await File.ReadAllLinesAsync(path)));
        File.Delete(path);

        foreach (var sink in await client.GetSinkStatusAsync())
        {
            Console.WriteLine($"{sink.Name}: {sink.Written} written, {sink.Dropped} dropped, {sink.Queued} waiting, {sink.Retries} retries, {sink.LastError ?? "no error"}");
            foreach (var (reason, events) in sink.DroppedBy)
                Console.WriteLine($"  {events} dropped: {reason}");
        }
    }

    [Fact]
    public async Task A_sink_with_options()
    {
        var client = Client;
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.csv");

        var options = new SinkOptions
        {
            MaxBatch = 500,                                    // events per call
            BatchTime = TimeSpan.FromSeconds(2),               // wait so long for a full batch
            QueueLimit = 20_000,                               // events in memory
            Attempts = 6,
            FirstPause = TimeSpan.FromMilliseconds(100),       // then 400 ms, 1.6 s, ... each up to a fifth shorter, by chance
            LongestPause = TimeSpan.FromSeconds(10),
            HangLimit = TimeSpan.FromMinutes(1),
            MayPass = failure => failure is IOException,       // anything else is dropped at once
        };
        await client.RegisterSinkAsync("csv in batches", new CsvSink(path), options);

        await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"));
        Assert.Empty(await client.FlushAsync(TimeSpan.FromSeconds(5)));
        Assert.Single(await File.ReadAllLinesAsync(path));
        File.Delete(path);
    }

    private sealed record Cart(string Country);

    private sealed record Line(string Article, decimal Price, DateTimeOffset PricedAt);

    private sealed record Quote(decimal Total, Line[] Lines);

    private sealed class QuoteComparer : EqualityComparer<Quote>
    {
        public override bool Equals(Quote? x, Quote? y) => x?.Total == y?.Total;

        public override int GetHashCode(Quote obj) => obj.Total.GetHashCode();
    }

    private static Task<Quote> PriceAsync(Cart cart, Config config, CancellationToken cancellationToken) =>
        Task.FromResult(new Quote(12, [new Line(cart.Country, 12, DateTimeOffset.UnixEpoch)]));

    private static Task<bool> SameByServiceAsync(Quote reference, Quote compared, CancellationToken cancellationToken) => Task.FromResult(true);

    [Fact]
    public async Task How_to_compare_branches()
    {
        var client = Client;
        var configs = Some.Configs("current", "candidate");

        var price = client.CreateExperiment<Cart, Quote>("price", PriceAsync, configs, Strategy.Shadow("current"), new ExperimentOptions
        {
            Compare = ComparisonRules.For<Cart, Quote>(),
        });

        Assert.Equal(12, (await price.RunAsync(new Cart("NL")).Soon()).Total);

        var rules = ComparisonRules.For<Cart, Quote>();

        rules = rules.CompareWith(new QuoteComparer());                                                  // an IEqualityComparer<Quote>
        rules = rules.CompareWith((reference, compared) => reference.Total == compared.Total);
        rules = rules.CompareWith(async (reference, compared, ct) => await SameByServiceAsync(reference, compared, ct));
        rules = rules.CompareWithin(absolute: 0.005, relative: 1e-6);                                    // numbers may be close, all else is equal

        rules = rules.CompareErrorsWith((reference, compared) => reference.GetType() == compared.GetType());

        rules = rules.IgnorePath("time", "$.lines[*].pricedAt");
        rules = rules.Ignore("rounding", (reference, compared) => Math.Round(reference.Total) == Math.Round(compared.Total));
        rules = rules.Ignore("known outage", (cart, reference, compared) => cart.Country == "NL" && compared.Status == BranchStatus.Failed);

        rules = rules.Clean(quote => new { quote.Total, Lines = quote.Lines.Length });

        var strict = new ExperimentOptions { Compare = rules, ThrowOnMismatch = true };                  // MismatchException, with the differences

        var same = client.CreateExperiment<Cart, Quote>("price-strict", PriceAsync, configs, Strategy.Shadow("current"), strict);
        Assert.Equal(12, (await same.RunAsync(new Cart("NL")).Soon()).Total);

        var all = client.CreateExperiment<Cart, Quote>("price-all", PriceAsync, configs, Strategy.MultiBranch, new ExperimentOptions
        {
            Compare = rules.MeasuredBy("current"),
        });

        Assert.Equal(2, (await all.RunAllAsync(new Cart("NL")).Soon()).Count);
    }

    public sealed class MismatchLines : IBranchSink
    {
        public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
        {
            foreach (var compared in batch.OfType<BranchCompared>().Where(compared => compared.Comparison.Verdict == ComparisonVerdict.Mismatch))
            {
                foreach (var difference in compared.Comparison.Differences)
                    Console.WriteLine($"{compared.ConfigId}: {difference}");                                 // candidate: $.lines[3].price: 10 -> 12
            }

            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task On_live_traffic()
    {
        var client = Client;
        var configs = Some.Configs("a", "b");

        // a caller waits two seconds at most, and one run in ten has shadows
        var rank = client.CreateExperiment<string, string>("rank", RankAsync, configs, Strategy.Shadow(), new ExperimentOptions
        {
            Settings = new StrategySettings { Deadline = TimeSpan.FromSeconds(2), ShadowSampleRate = 0.1 },
        });

        // the kill switch
        await client.ChangeSettingsAsync(settings => settings with { ShadowsPaused = true });

        // what became of everything: offered = answered + rejected + in flight, and so on down to each config
        var account = await rank.GetAccountAsync();

        Assert.Equal(0, account.Offered);
    }

    [Fact]
    public async Task How_to_set_deadlines_and_limits()
    {
        var client = Client;
        var configs = Some.Configs("a", "b");
        var ct = CancellationToken.None;

        var rank = client.CreateExperiment<string, string>("rank", RankAsync, configs, Strategy.Shadow(), new ExperimentOptions
        {
            Settings = new StrategySettings
            {
                Deadline = TimeSpan.FromSeconds(2),
                ShadowDeadline = TimeSpan.FromSeconds(20),
                MaxConcurrentShadows = 32,
                ShadowQueueLimit = 100,
                MaxConcurrentRuns = 500,
                ShadowSampleRate = 0.1,
            },
        });

        var hits = await rank.RunAsync("spearmint", new RunOptions { Deadline = TimeSpan.FromMilliseconds(200) }, ct);

        var account = await rank.GetAccountAsync();
        Console.WriteLine($"{account.Offered} = {account.Answered} + {account.Rejected} + {account.InFlight}");
        Console.WriteLine($"{account.Shadows.Eligible} = {account.Shadows.NotSampled} + {account.Shadows.Skipped} + {account.Shadows.Started}");

        Assert.Equal("spearmint", hits);
        Assert.Equal(1, account.Answered);
    }

    [Fact]
    public async Task How_to_change_things_while_they_run()
    {
        var client = Client;
        var ct = CancellationToken.None;
        var rank = client.CreateExperiment<string, string>("rank", RankAsync, Some.Configs("a", "b"), Strategy.Shadow());

        // fewer shadows
        await rank.ChangeSettingsAsync(settings => settings with { ShadowSampleRate = 0.01 });

        // none at all, and again
        await rank.ChangeSettingsAsync(settings => settings with { ShadowsPaused = true });
        await rank.ChangeSettingsAsync(settings => settings with { ShadowsPaused = false });

        // the kill switch: no shadow of any experiment starts when this has returned
        await client.ChangeSettingsAsync(settings => settings with { ShadowsPaused = true });

        // other configs
        await rank.ChangeSettingsAsync(settings => settings with { Configs = new ConfigSet([Config.From(new { formula = "bm25" })]) });

        var changed = await rank.ChangeSettingsAsync(settings => settings with { Deadline = TimeSpan.FromSeconds(1) });
        var result = await rank.RunDetailedAsync("spearmint", ct);
        Console.WriteLine($"planned with version {result.SettingsVersion}, which is {changed.Version} or later");

        Assert.Equal(changed.Version, result.SettingsVersion);
    }

    [Fact]
    public async Task How_to_report_figures()
    {
        var client = Client;
        var configs = Some.Configs("a");

        var tokens = client.CreateExperiment<string, string>("tokens", (prompt, context) =>
        {
            context.Report("tokens", prompt.Length / 4.0);
            return Task.FromResult(prompt);
        }, configs, Strategy.RoundRobin);

        Assert.Equal(2, (await tokens.RunDetailedAsync("a prompt")).Branches[0].Metrics["tokens"]);
    }

    [Fact]
    public async Task How_to_read_statistics()
    {
        var client = Client;
        var rank = client.CreateExperiment<string, string>(
            "rank", RankAsync, [Config.From(new { formula = "bm25" }, id: "current"), Config.From(new { formula = "bm25f" }, id: "candidate")], Strategy.Shadow());
        await client.ReplayAsync(EventsOf(RowsOfYesterday()));

        var statistics = await rank.GetStatisticsAsync();
        foreach (var config in statistics.Configs)
            Console.WriteLine($"{config.ConfigId}: {config.Count} branches, errors {config.ErrorRate}, p95 {config.Latency.P95.TotalMilliseconds} ms");

        if (statistics.Pair("current", "candidate") is { } pair)
        {
            Console.WriteLine($"differs in {pair.MismatchRate}; really differs at:");
            foreach (var path in pair.Paths.Where(path => path.IsReal))
                Console.WriteLine($"{path.Path}: {path.Mismatches}, noise {path.Noise}, first {string.Join("; ", path.First.Select(sample => sample.Difference))}");

            if (pair.Latency.MedianInterval is { } median)
                Console.WriteLine($"slower by {median.Low.TotalMilliseconds} to {median.High.TotalMilliseconds} ms");
            Console.WriteLine($"{pair.RunsNeeded(TimeSpan.FromMilliseconds(1))} more runs show a difference of 1 ms");
            Console.WriteLine($"{pair.RunsNeededForMismatchRate(0.01)} more runs show a mismatch rate that is one point higher");
        }

        var strict = await rank.GetStatisticsAsync(new NoiseRule(MinRelative: 0.1, MinAbsolute: 0));

        var all = await client.GetStatisticsAsync();
        Console.WriteLine($"{all.Experiments.Count} experiments, up to event {all.UpTo}");

        Assert.Empty(strict.Pairs);
        Assert.Single(all.Experiments);
    }

    private static async IAsyncEnumerable<ExperimentEvent> EventsOf(IAsyncEnumerable<Row> rows)
    {
        await foreach (var row in rows)
        {
            var branch = new StoredBranch
            {
                RunId = row.RunId,
                BranchId = row.BranchId,
                Experiment = "rank",
                Strategy = "shadow",
                Config = Config.FromJson(row.ConfigJson, row.ConfigId),
                Role = BranchRole.Primary,
                StartedAt = row.StartedAt,
            };
            yield return branch.Finished(row.Number, BranchStatus.Success, row.Duration);
        }
    }

    private static async IAsyncEnumerable<Row> RowsOfYesterday()
    {
        await Task.Yield();
        yield return new Row(1, Guid.CreateVersion7(), Guid.CreateVersion7(), "current", """{"formula":"bm25"}""", DateTimeOffset.UnixEpoch, TimeSpan.FromMilliseconds(3));
    }

    private sealed record Row(long Number, Guid RunId, Guid BranchId, string ConfigId, string ConfigJson, DateTimeOffset StartedAt, TimeSpan Duration);

    [Fact]
    public async Task How_to_hook_into_runs()
    {
        var client = Client;
        var configs = Some.Configs("a", "b");

        var price = client.CreateExperiment<Order, decimal>("price", PriceAsync, configs, Strategy.Shadow(), new ExperimentOptions<Order, decimal>
        {
            RunIf = order => order.Lines > 0,
            KeyOf = order => order.Customer,
            Context = order => new Dictionary<string, string> { ["customer"] = order.Customer, ["lines"] = $"{order.Lines}" },
            BeforeRun = order => Console.WriteLine($"pricing for {order.Customer}"),
            AfterBranch = branch => Console.WriteLine($"{branch.Role} {branch.Config.Id}: {branch.Status} {branch.Output}"),
            OnHookError = (hook, exception) => Console.Error.WriteLine($"{hook}: {exception.Message}"),
        });

        Assert.Equal("3", (await price.RunDetailedAsync(new Order("mint", 3))).Branches[0].Context["lines"]);
    }

    [Fact]
    public async Task How_to_run_experiments_inside_others()
    {
        var client = Client;
        var configs = Some.Configs("a", "b");
        var ct = CancellationToken.None;

        var shipping = client.CreateExperiment<Order, decimal>("shipping", ShippingAsync, configs, Strategy.Shadow());
        var total = client.CreateExperiment<Order, decimal>("total", async (order, _) => await shipping.RunAsync(order) + order.Lines, configs, Strategy.Shadow());

        var sum = await total.RunAsync(new Order("mint", 3), ct);

        Assert.Equal(8, sum);
    }

    private sealed record Order(string Customer, int Lines);

    private static Task<decimal> PriceAsync(Order order, Config config, CancellationToken cancellationToken) => Task.FromResult(10m * order.Lines);

    private static Task<decimal> ShippingAsync(Order order, Config config, CancellationToken cancellationToken) => Task.FromResult(5m);

    private static Task<string> RankAsync(string query, Config config, CancellationToken cancellationToken) => Task.FromResult(query);

    private sealed record Query(string Text, string Language, string UserId, string Tenant);

    private static Task<string> RankAsync(Query query, Config config, CancellationToken cancellationToken) => Task.FromResult(config.Id);

    [Fact]
    public async Task How_to_say_who_takes_part()
    {
        var client = Client;
        var ct = CancellationToken.None;
        var configs = Some.Configs("current", "candidate");
        var query = new Query("mint", "en", "user-1", "acme");

        var options = new ExperimentOptions<Query, string>
        {
            RunIf = query => query.Language == "en",               // a run may take part at all
            KeyOf = query => query.UserId,                         // whom it is for
            Settings = new StrategySettings
            {
                Participation = new Participation
                {
                    Share = 0.01,                                  // of the keys; of the runs where there is no key
                    AllowedKeys = ["tester-1", "tester-2"],        // these always
                    DeniedKeys = ["biggest-customer"],             // these never
                    StartsAt = new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero),
                    EndsAt = new DateTimeOffset(2026, 3, 16, 6, 0, 0, TimeSpan.Zero),
                },
            },
        };
        var rank = client.CreateExperiment<Query, string>("rank", RankAsync, configs, Strategy.SingleConfig("candidate"), options);

        await rank.ChangeSettingsAsync(settings => settings with { Participation = settings.Participation.StepUp() });
        await rank.ChangeSettingsAsync(settings => settings with { Participation = settings.Participation.StepDown() });

        // nobody, at once
        await rank.ChangeSettingsAsync(settings => settings with { Participation = settings.Participation with { Share = 0, AllowedKeys = [] } });

        await rank.RunAsync(query, new RunOptions { ForcedConfigId = "candidate" }, ct);
        await rank.RunAsync(query, new RunOptions { Key = "session-7" }, ct);

        var account = await rank.GetAccountAsync();
        Assert.Equal((1, 1), (account.Forced, account.NotTakingPart));
    }

    [Fact]
    public async Task How_to_choose_a_config()
    {
        var client = Client;
        var configs = Some.Configs("current", "candidate");
        var query = new Query("mint", "en", "user-1", "acme");

        var page = client.CreateExperiment<Query, string>("page", RankAsync, configs, Strategy.Sticky, new ExperimentOptions<Query, string>
        {
            KeyOf = query => query.UserId,
            Settings = new StrategySettings { Weights = new Dictionary<string, double> { ["current"] = 9, ["candidate"] = 1 } },
        });

        var byTenant = client.CreateExperiment<Query, string>("by tenant", RankAsync, configs, Strategy.Allocate(
            request => request.Input is Query { Tenant: "acme" } ? "candidate" : "current"));

        var shadowed = client.CreateExperiment<Query, string>("shadowed", RankAsync, configs, Strategy.Shadow());

        await shadowed.ChangeSettingsAsync(settings => settings with { ShadowOrder = ShadowOrder.Random, ShadowOrderSeed = 42 });

        var key = new RunOptions { Key = "user-1" };
        Assert.Equal(await page.RunAsync(query, key), await page.RunAsync(query, key));
        Assert.Equal("candidate", await byTenant.RunAsync(query));
        Assert.Equal("current", await byTenant.RunAsync(query with { Tenant = "other" }));
    }
}
