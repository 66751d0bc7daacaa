using System.Text.Json;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Spearmint.Domain;
using Spearmint.Statistics;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Client;

public sealed class StatisticsTests : TestKit
{
    private readonly SpearmintClient _client;

    public StatisticsTests() => _client = SpearmintClient.For(Sys);

    [Fact]
    public async Task Whoever_has_an_answer_finds_its_branch_in_the_figures_also_without_a_sink()
    {
        var experiment = _client.CreateExperiment<int, int>("parity", FunctionAsync, Some.Configs("a", "b"), Strategy.RoundRobin);
        for (var number = 0; number < 40; number++)
        {
            await experiment.RunAsync(number).ContinueWith(_ => { }, TaskScheduler.Default).Soon();
            Assert.Equal(number + 1, (await experiment.GetStatisticsAsync().Soon()).Configs.Sum(config => config.Count));
        }

        var statistics = await experiment.GetStatisticsAsync().Soon();

        Assert.Equal(("parity", 20, 20), (statistics.Experiment, statistics.ByConfigId("a")!.Count, statistics.ByConfigId("b")!.Count));
        Assert.Equal(new Proportion(4, 20), statistics.ByConfigId("a")!.ErrorRate);
        Assert.Equal(16, statistics.ByConfigId("a")!.Metrics["number"].Count);
        Assert.True(statistics.ByConfigId("a")!.Latency.Max > TimeSpan.Zero);
    }

    [Fact]
    public async Task An_experiment_that_has_not_run_has_empty_figures()
    {
        var experiment = _client.CreateExperiment<int, int>("new", FunctionAsync, Some.Configs("a"), Strategy.RoundRobin);

        Assert.Empty((await experiment.GetStatisticsAsync().Soon()).Configs);
    }

    [Fact]
    public async Task An_experiment_that_nobody_knows_is_named_with_those_that_are_known()
    {
        var experiment = _client.CreateExperiment<int, int>("known", FunctionAsync, Some.Configs("a"), Strategy.RoundRobin);
        await experiment.RunAsync(1).Soon();
        var snapshot = await _client.GetStatisticsAsync().Soon();

        Assert.Equal(1, snapshot["known"].Configs[0].Count);
        Assert.Equal(["known"], Assert.Throws<UnknownNameException>(() => snapshot["unknown"]).Known);
    }

    [Fact]
    public async Task Events_that_are_replayed_in_another_process_give_the_same_figures()
    {
        var sink = new CollectingSink();
        await _client.RegisterSinkAsync("store", sink).Soon();
        var experiment = _client.CreateExperiment<int, int>("parity", FunctionAsync, Some.Configs("a", "b", "c"), Strategy.MultiBranch);
        for (var number = 0; number < 2000; number++)
            await experiment.RunAllAsync(number).Soon();
        Assert.Empty(await _client.FlushAsync(Gate.Patience).Soon());

        using var system = ActorSystem.Create("replayed");
        var other = SpearmintClient.For(system);
        var replayed = await other.ReplayAsync(OneByOne([.. sink.Events, .. Compared])).Soon();
        await _client.ReplayAsync(OneByOne(Compared)).Soon();

        Assert.Equal(sink.Events.Count + Compared.Count, replayed);
        var (was, became) = (await _client.GetStatisticsAsync().Soon(), await other.GetStatisticsAsync().Soon());
        Assert.Equal(6000, was["parity"].Configs.Sum(config => config.Count));
        Assert.Equal(JsonSerializer.Serialize(was.Experiments), JsonSerializer.Serialize(became.Experiments));
        Assert.Equal((sink.Events[^1].Sequence, 0), (was.UpTo, became.UpTo));
        await system.Terminate().Soon();
    }

    [Fact]
    public async Task The_rule_that_tells_noise_is_the_callers()
    {
        var experiment = _client.CreateExperiment<int, int>(Given.Experiment, FunctionAsync, Some.Configs("a"), Strategy.RoundRobin);
        await _client.ReplayAsync(OneByOne([Given.Mismatch("$.a")])).Soon();
        var never = new NoiseRule(MinRelative: 1);

        Assert.True((await experiment.GetStatisticsAsync().Soon()).Pairs[0].Paths[0].IsReal);
        Assert.False((await experiment.GetStatisticsAsync(never).Soon()).Pairs[0].Paths[0].IsReal);
        Assert.False((await _client.GetStatisticsAsync(never).Soon())[Given.Experiment].Pairs[0].Paths[0].IsReal);
    }

    [Fact]
    public async Task A_store_that_breaks_off_tells_so_and_what_it_gave_in_full_chunks_is_counted()
    {
        var broken = await Assert.ThrowsAsync<IOException>(() => _client.ReplayAsync(Breaking()).Soon());

        Assert.Equal("the store is gone", broken.Message);
        Assert.Equal(4096, (await _client.GetStatisticsAsync().Soon())["experiment"].Configs[0].Count);
    }

    [Fact]
    public async Task A_replay_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.ReplayAsync(Breaking(), cancelled.Token).Soon());
    }

    private static IReadOnlyList<ExperimentEvent> Compared { get; } =
        [Given.Mismatch("$.items[1].price", "$.at"), Given.NoiseMismatch("$.at"), Given.Compared(ComparisonVerdict.Match, longer: 7), Given.Mismatch("$.at")];

    private static async IAsyncEnumerable<ExperimentEvent> OneByOne(IEnumerable<ExperimentEvent> events)
    {
        foreach (var happened in events)
        {
            await Task.CompletedTask;
            yield return happened;
        }
    }

    private static async IAsyncEnumerable<ExperimentEvent> Breaking([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        for (var number = 0; number < 5000; number++)
        {
            ct.ThrowIfCancellationRequested();
            yield return Given.Finished();
        }

        await Task.FromException(new IOException("the store is gone"));
    }

    private static Task<int> FunctionAsync(int number, BranchContext context)
    {
        if (number % 5 == 0)
            throw new InvalidDataException("a multiple of five");
        context.Report("number", number);
        return Task.FromResult(number);
    }
}
