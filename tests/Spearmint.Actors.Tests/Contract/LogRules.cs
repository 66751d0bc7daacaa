using Akka.Actor;
using FsCheck;
using FsCheck.Fluent;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Sinks;
using Spearmint.Support;

namespace Spearmint.Contract;

public sealed class LogRules : SpearmintKit
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Rule_19_a_branch_leaves_its_start_with_the_configs_values_and_then_its_end()
    {
        await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"));

        var events = await Sink.WhenAsync(all => all.Count == 2);
        var started = Assert.IsType<BranchStarted>(events[0]);
        var finished = Assert.IsType<BranchFinished>(events[1]);
        Assert.Equal("""{"name":"a"}""", started.ConfigValues.GetRawText());
        Assert.Equal((started.BranchId, BranchStatus.Success), (finished.BranchId, finished.Status));
        Assert.True(finished.Duration > TimeSpan.Zero);
        Assert.Equal([1L, 2L], events.Select(happened => happened.Sequence));
    }

    [Fact]
    public async Task Rule_19_seven_runs_leave_seven_distinct_records()
    {
        var memory = new InMemorySink();
        await Client.RegisterSinkAsync("memory", memory);

        for (var run = 0; run < 7; run++)
            await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"));
        await Client.FlushAsync(Second);

        Assert.Equal(7, memory.Find().Select(record => record.BranchId).Distinct().Count());
        Assert.Equal(7, memory.Find(configId: "a", status: BranchStatus.Success).Select(record => record.RunId).Distinct().Count());
    }

    [Fact]
    public void Rule_19_every_branch_started_has_exactly_one_final_record()
    {
        // 0 to 5: succeed at once, succeed later, throw at once, throw later, be cancelled, kill the worker
        var kinds = Gen.Choose(0, 5).ListOf(6).Select(list => list.ToArray()).ToArbitrary();
        var strategies = Gen.Elements("round_robin", "shadow", "multi_branch").ListOf(8).Select(list => list.ToArray()).ToArbitrary();

        Prop.ForAll(kinds, strategies, (behaviours, names) =>
        {
            var before = Sink.Events.Count;
            RunAllAsync(behaviours, names).Soon().GetAwaiter().GetResult();
            var expected = names.Sum(name => name == "round_robin" ? 1 : behaviours.Length);
            var events = Sink.WhenAsync(all => all.Skip(before).OfType<BranchFinished>().Count() >= expected).GetAwaiter().GetResult().Skip(before).OfType<BranchEvent>().ToList();

            var started = events.OfType<BranchStarted>().Select(happened => happened.BranchId).ToList();
            var finished = events.OfType<BranchFinished>().Select(happened => happened.BranchId).ToList();
            return started.Count == expected
                && started.Distinct().Count() == expected
                && started.ToHashSet().SetEquals(finished)
                && finished.Count == expected
                && events.Zip(events.Skip(1)).All(pair => pair.First.Sequence + 1 == pair.Second.Sequence)
                && finished.All(id => events.FindIndex(e => e is BranchStarted begun && begun.BranchId == id) < events.FindIndex(e => e is BranchFinished ended && ended.BranchId == id));
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public async Task Rule_19_whoever_has_the_answer_and_flushes_the_log_finds_the_branch_ended()
    {
        for (var run = 0; run < 200; run++)
        {
            var result = await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"));
            await Client.FlushAsync(Second);

            Assert.Contains(Sink.Events, happened => happened is BranchFinished finished && finished.RunId == result.RunId);
        }
    }

    [Fact]
    public async Task Rule_20_sinks_that_throw_hang_or_block_change_no_answer_and_delay_no_other_sink()
    {
        var gate = new Gate();
        await Client.RegisterSinkAsync("throwing", new ThrowingSink(int.MaxValue));
        await Client.RegisterSinkAsync("hanging", new HangingSink(gate));
        await Client.RegisterSinkAsync("blocking", new BlockingSink(gate));

        for (var run = 0; run < 50; run++)
            Assert.Equal("a", (await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"))).Output);

        Assert.Equal(50, (await Sink.FinishedAsync(50)).Count);
        gate.Open();
    }

    [Fact]
    public async Task Rule_20_what_a_sink_cannot_write_is_tried_again_then_dropped_and_counted()
    {
        var recovering = new CollectingSink();
        var twice = new ThrowingSink(times: 2, recovering);
        var always = new ThrowingSink(int.MaxValue);
        await Client.RegisterSinkAsync("twice", twice);
        await Client.RegisterSinkAsync("always", always);

        await AskAsync("round_robin", Some.ConfigId, Some.Configs("a"));

        await recovering.FinishedAsync(1);
        await Client.FlushAsync(Second);
        var status = (await Client.GetSinkStatusAsync()).ToDictionary(one => one.Name);
        Assert.Equal((2, 0), (status["twice"].Written, status["twice"].Dropped));
        Assert.Equal((0, 2), (status["always"].Written, status["always"].Dropped));
        Assert.True(status["always"].Retries >= 3);
        Assert.Equal("IOException: the disk is full", status["always"].LastError);
    }

    [Fact]
    public async Task Rule_21_without_a_sink_everything_works()
    {
        using var bare = ActorSystem.Create("bare");
        var client = SpearmintClient.For(bare);
        var experiment = client.CreateExperiment<int, int>("bare", (input, _, _) => Task.FromResult(input + 1), Some.Configs("a"), Strategies.Strategy.Shadow());

        Assert.Equal(2, await experiment.RunAsync(1).Soon());
        await bare.Terminate();
    }

    [Fact]
    public async Task Rule_21_the_in_memory_sink_is_bounded()
    {
        var memory = new InMemorySink(capacity: 5);
        await Client.RegisterSinkAsync("memory", memory);

        for (var run = 0; run < 12; run++)
            await AskAsync("round_robin", (input, _, _) => Task.FromResult(input), Some.Configs("a"), input: run, recordOutput: true);
        await Client.FlushAsync(Second);

        Assert.Equal([11, 10, 9, 8, 7], memory.Find().Select(record => record.Output!.Value.GetInt32()));
        Assert.Equal(7, memory.Evicted);
    }

    [Fact]
    public async Task Rule_22_a_secret_is_in_no_log_event_record_or_error_text()
    {
        var config = Domain.Config.From(new { apiKey = "sk-hidden-1", nested = new { connectionString = "Host=hidden-2" }, pin = "hidden-3", maxTokens = 800 }, "a").WithSecrets("pin");
        await Assert.ThrowsAsync<IOException>(() => AskAsync(
            "round_robin",
            (_, given, _) => throw new IOException($"cannot reach sk-hidden-1 at Host=hidden-2 with hidden-3", new FormatException("hidden-3 again")),
            [config]));
        await AskAsync("round_robin", (_, given, _) => Task.FromResult<object?>(new { echo = "uses hidden-3", token = "own-secret" }), [config], recordOutput: true);

        var events = await Sink.WhenAsync(all => all.OfType<BranchFinished>().Count() == 2);
        var text = string.Join('\n', events.Select(happened => System.Text.Json.JsonSerializer.Serialize(happened, happened.GetType())));
        Assert.DoesNotContain("hidden", text);
        Assert.DoesNotContain("own-secret", text);
        Assert.Contains("800", text);
        Assert.DoesNotContain("hidden", config.ToString());
    }

    private Task RunAllAsync(int[] behaviours, string[] strategies) => Task.WhenAll(strategies.Select(async strategy =>
    {
        using var source = new CancellationTokenSource();
        var configs = new ConfigSet(behaviours.Select((kind, index) => Domain.Config.From(new { kind, index })));
        try
        {
            await AskAsync(strategy, (_, config, token) => BehaveAsync(config.Get<int>("kind"), source, token), configs, cancellationToken: source.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or BranchWorkerDiedException)
        {
            // the primary's own end
        }
    }));

    private async Task<object?> BehaveAsync(int kind, CancellationTokenSource source, CancellationToken token)
    {
        if (kind is 1 or 3)
            await Task.Yield();
        switch (kind)
        {
            case 2 or 3:
                throw new IOException();
            case 4 when token.CanBeCanceled:
                await source.CancelAsync();
                token.ThrowIfCancellationRequested();
                return null;
            case 5:
                throw new PoisonousException();
            default:
                return kind;
        }
    }

    private sealed class PoisonousException : IOException
    {
        public override string Message => throw new InvalidOperationException("even the message throws");
    }
}
