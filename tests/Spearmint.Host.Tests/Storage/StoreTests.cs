using Akka.Actor;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Configuration;
using Spearmint.Host.Storage.Memory;
using Spearmint.Strategies;

namespace Spearmint.Host.Storage;

/// <summary>What holds for every store.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    private protected IBranchStore Store { get; private set; } = null!;

    private protected abstract Task<IBranchStore> OpenAsync();

    public async Task InitializeAsync() => Store = await OpenAsync();

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    [StoreFact]
    public async Task What_ran_is_kept_with_output_error_metrics_and_comparison()
    {
        var system = ActorSystem.Create("store-tests");
        try
        {
            var client = SpearmintClient.For(system);
            await client.RegisterSinkAsync(StorageExtensions.SinkName, Store.Sink, StorageExtensions.Feeding);
            var experiment = client.CreateExperiment<string, int>(
                "length",
                [new("old", (text, _) => Task.FromResult(text.Length)), new("new", (text, _) => Task.FromResult(text.Length + 1))],
                Strategy.Shadow(),
                new ExperimentOptions { RecordOutput = true, RecordInput = true, Compare = ComparisonRulesOf() });

            var run = await experiment.RunDetailedAsync("spearmint");
            await experiment.GatherComparisonsAsync(run.RunId);
            Assert.Empty(await client.FlushAsync(TimeSpan.FromSeconds(30)));

            var branches = await Store.GetRunAsync(run.RunId, CancellationToken.None);
            Assert.Equal(["old", "new"], branches.Select(branch => branch.ConfigId));
            Assert.All(branches, branch => Assert.Equal("\"spearmint\"", branch.Input?.GetRawText()));
            Assert.Equal(["9", "10"], branches.Select(branch => branch.Output?.GetRawText()));
            Assert.Equal(ComparisonVerdict.Mismatch, branches[1].Comparison?.Verdict);
            Assert.Equal("$", branches[1].Comparison?.Differences.Single().Path);
            Assert.Equal(2, (await Store.GetStatusAsync(CancellationToken.None)).Branches);
        }
        finally
        {
            await system.Terminate();
        }
    }

    [StoreFact]
    public async Task The_place_of_an_answer_is_taken_once_and_gives_what_was_kept_until_it_is_forgotten()
    {
        var run = Guid.NewGuid();
        var reserved = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Store.ReserveAnswerAsync(run, [(byte)number], RandomLog.Begin, CancellationToken.None)));

        var first = Array.FindIndex(reserved, kept => kept is null);
        Assert.Equal(19, reserved.Count(kept => kept is { Status: null, Body: null, Fingerprint: [var number] } && number == first));

        await Store.KeepAnswerAsync(run, 201, [1, 2, 3], CancellationToken.None);
        Assert.True(await Store.ReserveAnswerAsync(run, [17], RandomLog.Begin, CancellationToken.None) is { Status: 201, Body: [1, 2, 3] });
        await Store.KeepAnswerAsync(run, 500, null, CancellationToken.None);
        Assert.True(await Store.ReserveAnswerAsync(run, [17], RandomLog.Begin, CancellationToken.None) is { Status: 500, Body: null });

        await Store.ForgetAnswerAsync(run, CancellationToken.None);
        Assert.Null(await Store.ReserveAnswerAsync(run, [17], RandomLog.Begin, CancellationToken.None));
    }

    [StoreFact]
    public async Task A_store_gives_the_same_as_one_in_memory_whatever_the_batches_and_however_often_they_come()
    {
        foreach (var seed in new[] { 1, 2, 3 })
            await AssertSameAsync(seed);
    }

    [StoreFact]
    public async Task A_secret_never_reaches_the_store()
    {
        var config = Config.From(new { apiKey = "hunter2-hunter2", level = 3 }, "with-secret");
        var branch = new StoredBranch
        {
            BranchId = Guid.CreateVersion7(RandomLog.Begin),
            RunId = Guid.CreateVersion7(RandomLog.Begin),
            Experiment = "rank",
            Strategy = "rank",
            Config = config,
            Role = BranchRole.Primary,
            StartedAt = RandomLog.Begin,
        };

        await Store.Sink.WriteAsync([branch.Started(1)], CancellationToken.None);

        var kept = Assert.Single(await Store.GetConfigsAsync("rank", CancellationToken.None));
        Assert.Equal("""{"apiKey":"***","level":3}""", kept.Values.GetRawText());
    }

    [StoreFact]
    public async Task Lost_events_are_counted_once()
    {
        await Store.Sink.WriteAsync([RandomLog.Branch(1, RandomLog.Begin).Started(1), new EventsDropped(2, 11, DropReasons.QueueFull)], CancellationToken.None);
        await Store.Sink.WriteAsync([new EventsDropped(12, 12, DropReasons.Failed), RandomLog.Branch(2, RandomLog.Begin).Started(13)], CancellationToken.None);

        var status = await Store.GetStatusAsync(CancellationToken.None);
        Assert.Equal(11, status.LostEvents);
        Assert.Equal(2, status.Branches);
    }

    [StoreFact]
    public async Task An_audit_is_listed_newest_first_in_pages()
    {
        var entries = Enumerable.Range(0, 5).Select(number => new AuditEntry(
            Guid.CreateVersion7(RandomLog.Begin.AddSeconds(number)), RandomLog.Begin.AddSeconds(number), "ann", "settings.change", $"experiment {number}", "{}")).ToList();
        foreach (var entry in entries)
            await Store.AddAuditAsync(entry, CancellationToken.None);

        var first = await Store.ListAuditAsync(null, 3, CancellationToken.None);
        var second = await Store.ListAuditAsync(first.Next, 3, CancellationToken.None);

        Assert.Equal(entries.AsEnumerable().Reverse(), [.. first.Items, .. second.Items]);
        Assert.Null(second.Next);
    }

    [StoreFact]
    public async Task What_is_not_known_is_not_there()
    {
        Assert.Null(await Store.GetBranchAsync(Guid.NewGuid(), CancellationToken.None));
        Assert.Empty(await Store.GetRunAsync(Guid.NewGuid(), CancellationToken.None));
        Assert.Empty(await Store.GetConfigsAsync("nothing", CancellationToken.None));
        foreach (var filter in new BranchFilter[] { new() { Experiment = "nothing" }, new() { ConfigId = "nothing" }, new() { ErrorType = "Nothing" }, new() { RunId = Guid.NewGuid() } })
            Assert.Empty(await Store.AllBranchesAsync(filter, 10));
    }

    private static Spearmint.Comparing.ComparisonRules ComparisonRulesOf() => Spearmint.Comparing.ComparisonRules.For<string, int>();

    private async Task AssertSameAsync(int seed)
    {
        await Store.DisposeAsync();
        Store = await OpenAsync();
        await using var memory = new MemoryStore(100_000);
        var log = RandomLog.Of(seed, runs: 150);
        var random = new Random(seed);
        for (var at = 0; at < log.Count;)
        {
            var batch = log.Skip(at).Take(random.Next(1, 80)).ToList();
            await memory.Sink.WriteAsync(batch, CancellationToken.None);
            await Store.Sink.WriteAsync(batch, CancellationToken.None);
            if (Store is not MemoryStore && random.Next(2) == 0)
                await Store.Sink.WriteAsync([.. log.Skip(at - random.Next(Math.Min(at, 10))).Take(batch.Count)], CancellationToken.None);
            at += batch.Count;
        }

        foreach (var filter in Filters(random, log))
        {
            Assert.Equal(await memory.AllBranchesAsync(filter, 1000), await Store.AllBranchesAsync(filter, random.Next(1, 40)));
            Assert.Equal(await memory.AllRunsAsync(filter, 1000), await Store.AllRunsAsync(filter, random.Next(1, 40)));
        }

        foreach (var query in Queries(random))
            await AssertSameFiguresAsync(memory, query);

        foreach (var name in RandomLog.Experiments)
        {
            var (expected, actual) = (await memory.GetConfigsAsync(name, default), await Store.GetConfigsAsync(name, default));
            Assert.Equal(expected.Select(config => config.ToString()), actual.Select(config => config.ToString()));
        }

        Assert.Equal((await memory.GetStatusAsync(default)).Branches, (await Store.GetStatusAsync(default)).Branches);
        Assert.Equal((await memory.GetStatusAsync(default)).OldestBranchAt, (await Store.GetStatusAsync(default)).OldestBranchAt);
    }

    private async Task AssertSameFiguresAsync(MemoryStore memory, StatisticsQuery query)
    {
        var (configs, pairs, failures) = (
            await memory.GetConfigBucketsAsync(query, default), await memory.GetPairBucketsAsync(query, default), await memory.GetFailuresAsync(query, default));
        StoreView.AssertSame(configs, await Store.GetConfigBucketsAsync(query, default));
        Assert.Equal(pairs.Select(StoreView.Text), (await Store.GetPairBucketsAsync(query, default)).Select(StoreView.Text));
        Assert.Equal(
            failures.Select(group => group with { LastMessage = group.LastMessage.Replace('\0', '\uFFFD') }),
            (await Store.GetFailuresAsync(query, default)).Select(group => group with { LastMessage = group.LastMessage.Replace('\0', '\uFFFD') }));
        Assert.Equal(
            (await memory.GetPairsAsync(query, "current", "candidate", 20, default)).Select(StoreView.Text),
            (await Store.GetPairsAsync(query, "current", "candidate", 20, default)).Select(StoreView.Text));
    }

    private static IEnumerable<BranchFilter> Filters(Random random, IReadOnlyList<ExperimentEvent> log)
    {
        yield return BranchFilter.All;
        foreach (var status in Enum.GetValues<BranchStatus>())
            yield return new BranchFilter { Status = status };
        foreach (var verdict in Enum.GetValues<ComparisonVerdict>())
            yield return new BranchFilter { Verdict = verdict };
        foreach (var role in Enum.GetValues<BranchRole>())
            yield return new BranchFilter { Role = role };
        yield return new BranchFilter { ErrorType = RandomLog.ErrorTypes[0] };
        yield return new BranchFilter { ConfigId = "third" };
        yield return new BranchFilter { RunId = log.OfType<BranchEvent>().First().RunId, Status = BranchStatus.Success };
        for (var number = 0; number < 30; number++)
        {
            yield return new BranchFilter
            {
                Experiment = random.Next(2) == 0 ? null : RandomLog.Experiments[random.Next(3)],
                ConfigId = random.Next(2) == 0 ? null : RandomLog.Configs[random.Next(3)],
                Status = random.Next(2) == 0 ? null : (BranchStatus)random.Next(6),
                Verdict = random.Next(3) > 0 ? null : (ComparisonVerdict)random.Next(4),
                Role = random.Next(3) > 0 ? null : (BranchRole)random.Next(4),
                ErrorType = random.Next(4) > 0 ? null : RandomLog.ErrorTypes[random.Next(2)],
                From = random.Next(2) == 0 ? null : ((BranchEvent)log[random.Next(log.Count)]).StartedAt,
                To = random.Next(2) == 0 ? null : ((BranchEvent)log[random.Next(log.Count)]).StartedAt,
                Metrics = random.Next(3) switch
                {
                    0 => [new MetricRange("hits", random.Next(20), null)],
                    1 => [new MetricRange("it's \"odd\" $.x", null, random.NextDouble()), new MetricRange("hits", 3, 15)],
                    _ => [],
                },
            };
        }
    }

    private static IEnumerable<StatisticsQuery> Queries(Random random)
    {
        yield return new StatisticsQuery(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        for (var number = 0; number < 20; number++)
        {
            var from = RandomLog.Begin.AddSeconds(random.Next(8000));
            yield return new StatisticsQuery(from, from.AddSeconds(random.Next(12_000)))
            {
                Experiment = random.Next(2) == 0 ? null : RandomLog.Experiments[random.Next(3)],
                ConfigId = random.Next(2) == 0 ? null : RandomLog.Configs[random.Next(3)],
                Bucket = random.Next(4) switch { 0 => null, 1 => TimeSpan.FromMinutes(1), 2 => TimeSpan.FromMinutes(7), _ => TimeSpan.FromHours(1) },
            };
        }
    }
}

public sealed class MemoryStoreTests : StoreTests
{
    private protected override Task<IBranchStore> OpenAsync() => Task.FromResult<IBranchStore>(new MemoryStore(10_000));
}
