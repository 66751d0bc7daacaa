using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Client;

/// <summary>Writes of one key reach both stores in one order.</summary>
public sealed class WriteOrderTests : MigrationKit
{
    private readonly Gate _inside = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task Concurrent_writes_of_a_key_reach_both_stores_in_the_same_order_while_the_stage_moves()
    {
        var migration = Create(MigrationStage.DualWrite);
        var random = new Random(1);
        Old.BeforeWrite = New.BeforeWrite = async (_, _) =>
        {
            int yields;
            lock (random)
                yields = random.Next(20);
            while (yields-- > 0)
                await Task.Yield();
        };

        var writes = Enumerable.Range(0, 400).Select(number => migration.WriteAsync(Put($"key{number % 5}", $"{number}"))).ToList();
        await migration.MoveToAsync(MigrationStage.Shadow);
        await migration.MoveToAsync(MigrationStage.Live);
        Assert.All(await Task.WhenAll(writes).Soon(), write => Assert.Null(write.Behind));

        foreach (var key in Enumerable.Range(0, 5).Select(number => $"key{number}"))
            Assert.Equal(Old.Written.Where(write => write.Key == key), New.Written.Where(write => write.Key == key));
        Assert.Equal(400, New.Written.Count);
    }

    // two of the keys may share a stripe; all four do not
    [Fact]
    public async Task Writes_of_other_keys_do_not_wait()
    {
        var migration = Create(MigrationStage.DualWrite);
        Old.BeforeWrite = (value, _) => value == "slow" ? _gate.Opened : Task.CompletedTask;

        var slow = migration.WriteAsync(Put("a", "slow"));
        await (await Task.WhenAny(new[] { "b", "c", "d" }.Select(key => migration.WriteAsync(Put(key, "quick")))).Soon());

        Assert.False(slow.IsCompleted);
        _gate.Open();
        await slow.Soon();
    }

    [Fact]
    public async Task Without_keys_there_is_one_write_at_a_time()
    {
        var migration = Create(MigrationStage.DualWrite, hasKeys: false);
        var slow = await BeginSlowAsync(migration);

        var other = migration.WriteAsync(Put("b", "quick"));
        await migration.GetStageAsync();
        Assert.Equal(1, (await Client.GetAccountAsync()).Strategies.Single(strategy => strategy.Name == "customers").Offered);

        _gate.Open();
        await Task.WhenAll(slow, other).Soon();
        Assert.Equal(["slow", "quick"], New.Written.Select(write => write.Value));
    }

    [Fact]
    public async Task Whoever_cancels_before_its_turn_has_written_nothing()
    {
        using var caller = new CancellationTokenSource();
        var migration = Create(MigrationStage.DualWrite);
        var slow = await BeginSlowAsync(migration);
        var write = migration.WriteAsync(Put("a", "never"), caller.Token);

        await caller.CancelAsync();

        Assert.Equal(caller.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.Soon())).CancellationToken);
        _gate.Open();
        await slow.Soon();
        Assert.Equal(["slow"], Old.Written.Select(written => written.Value));
    }

    [Fact]
    public async Task A_call_that_outlives_its_deadline_is_not_overtaken_by_the_next_write_of_the_key()
    {
        var migration = Create(MigrationStage.DualWrite);
        var slow = await BeginSlowAsync(migration);
        Clock.Advance(StrategySettings.Default.Deadline);
        await Assert.ThrowsAsync<BranchTimedOutException>(() => slow.Soon());

        var next = migration.WriteAsync(Put("a", "next"));
        Assert.False(next.IsCompleted);
        _gate.Open();
        await next.Soon();

        Assert.Equal(["slow", "next"], Old.Written.Select(write => write.Value));
    }

    [Fact]
    public async Task A_write_is_refused_when_those_before_it_never_end()
    {
        var migration = Create(MigrationStage.DualWrite);
        var slow = await BeginSlowAsync(migration);
        var write = migration.WriteAsync(Put("a", "never"));

        Clock.Advance(StrategySettings.Default.Deadline);
        await Assert.ThrowsAsync<BranchTimedOutException>(() => slow.Soon());
        Clock.Advance(StrategySettings.Default.Deadline);

        Assert.Contains("'a'", (await Assert.ThrowsAsync<OverloadedException>(() => write.Soon())).Message);
        _gate.Open();
    }

    [Fact]
    public async Task A_row_is_copied_between_two_writes_of_it()
    {
        var migration = Create(MigrationStage.Off);
        var slow = await BeginSlowAsync(migration);
        await migration.MoveToAsync(MigrationStage.DualWrite);

        // the write was planned before the stage moved and goes to the old store alone: a copy must not be made before it
        var copy = migration.BetweenWritesAsync("a", async () =>
        {
            var row = Old["a"]!;
            await New.WriteAsync(Put("a", row), CancellationToken.None);
            return row;
        });
        var next = migration.WriteAsync(Put("a", "next"));
        _gate.Open();

        await Task.WhenAll(slow, next).Soon();
        Assert.Equal("slow", await copy.Soon());
        Assert.Equal(["slow", "next"], New.Written.Select(write => write.Value));
    }

    [Fact]
    public async Task A_command_without_a_key_is_refused()
    {
        var migration = Create(MigrationStage.DualWrite);

        await Assert.ThrowsAsync<ArgumentException>(() => migration.WriteAsync(Put(null!, "value")));
    }

    private async Task<Task<MigrationWriteResult>> BeginSlowAsync(Migration<string, string?, KeyValuePair<string, string>> migration)
    {
        Old.BeforeWrite = async (value, _) =>
        {
            if (value != "slow")
                return;

            _inside.Open();
            await _gate.Opened;
        };
        var slow = migration.WriteAsync(Put("a", "slow"));
        await _inside.Opened;
        return slow;
    }
}
