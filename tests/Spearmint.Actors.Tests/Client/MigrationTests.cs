using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Client;

public sealed class MigrationTests : MigrationKit
{
    [Theory]
    [InlineData(MigrationStage.Off, "old", "old")]
    [InlineData(MigrationStage.DualWrite, "old, new", "old")]
    [InlineData(MigrationStage.Shadow, "old, new", "old")]
    [InlineData(MigrationStage.Live, "new, old", "new")]
    [InlineData(MigrationStage.RampDown, "new, old", "new")]
    [InlineData(MigrationStage.Complete, "new", "new")]
    public async Task Each_stage_writes_and_reads_what_it_says(MigrationStage stage, string written, string answering)
    {
        var migration = Create(stage);

        Assert.Null((await migration.WriteAsync(Put("key", "value")).Soon()).Behind);

        Assert.Equal($"value of {answering}", await migration.ReadAsync("key").Soon());
        var writes = (await Sink.WhenAsync(all => all.OfType<BranchFinished>().Any(branch => branch.Experiment == "customers.read")))
            .OfType<BranchFinished>().Where(branch => branch.Experiment == "customers.write");
        Assert.Equal(written, string.Join(", ", writes.Select(branch => branch.ConfigId)));
    }

    [Fact]
    public async Task A_failed_first_write_reaches_the_caller_and_stops_the_second()
    {
        var migration = Create(MigrationStage.DualWrite);
        var thrown = new IOException("disk full");
        Old.BeforeWrite = (_, _) => Task.FromException(thrown);

        Assert.Same(thrown, await Assert.ThrowsAsync<IOException>(() => migration.WriteAsync(Put("key", "value")).Soon()));

        Assert.Empty(New.Written);
    }

    [Fact]
    public async Task A_write_inside_a_function_whose_caller_goes_away_still_reaches_both_stores()
    {
        var migration = Create(MigrationStage.DualWrite);
        var (inside, gate, written) = (new Gate(), new Gate(), new Gate());
        Old.BeforeWrite = (_, _) =>
        {
            inside.Open();
            return gate.Opened;
        };
        var outer = Client.CreateExperiment<string, string>("outer", async (key, _, _) =>
        {
            await migration.WriteAsync(Put(key, "value"));
            written.Open();
            return key;
        }, Some.Configs("a"), Strategies.Strategy.RoundRobin);
        using var caller = new CancellationTokenSource();
        var run = outer.RunAsync("key", caller.Token);
        await inside.Opened;

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        gate.Open();

        await written.Opened;
        Assert.Equal(("value", "value"), (Old["key"], New["key"]));
    }

    [Fact]
    public async Task A_failed_second_write_is_in_the_result()
    {
        var migration = Create(MigrationStage.Live);
        Old.BeforeWrite = (_, _) => Task.FromException(new IOException("disk full"));

        var behind = (await migration.WriteAsync(Put("key", "value")).Soon()).Behind!;

        Assert.Equal(("old", BranchStatus.Failed, "disk full"), (behind.Config.Id, behind.Status, behind.Error!.Message));
        Assert.Equal("value", New["key"]);
    }

    [Fact]
    public async Task A_second_write_that_hangs_costs_the_caller_the_deadline_and_no_more()
    {
        var migration = Create(MigrationStage.DualWrite);
        var inside = new Gate();
        var gate = new Gate();
        New.BeforeWrite = (_, _) =>
        {
            inside.Open();
            return gate.Opened;
        };
        var write = migration.WriteAsync(Put("key", "value"));
        await inside.Opened;

        Clock.Advance(StrategySettings.Default.Deadline);

        Assert.Equal(BranchStatus.TimedOut, (await write.Soon()).Behind!.Status);
        gate.Open();
    }

    [Fact]
    public async Task A_token_that_is_cancelled_during_a_write_stops_nothing()
    {
        using var caller = new CancellationTokenSource();
        var migration = Create(MigrationStage.DualWrite);
        Old.BeforeWrite = async (_, _) => await caller.CancelAsync();
        New.BeforeWrite = (_, cancellationToken) => Task.Delay(0, cancellationToken);

        Assert.Null((await migration.WriteAsync(Put("key", "value"), caller.Token).Soon()).Behind);
        Assert.Equal("value", New["key"]);
    }

    [Fact]
    public async Task The_token_of_a_read_reaches_the_store_that_answers()
    {
        using var caller = new CancellationTokenSource();
        var migration = Create(MigrationStage.Off);
        var inside = new Gate();
        Old.BeforeRead = (_, cancellationToken) =>
        {
            inside.Open();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        };
        var read = migration.ReadAsync("key", caller.Token);
        await inside.Opened;

        await caller.CancelAsync();

        Assert.Equal(caller.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.Soon())).CancellationToken);
    }

    [Fact]
    public async Task A_read_does_not_wait_for_the_other_store()
    {
        var migration = Create(MigrationStage.Shadow);
        var gate = new Gate();
        New.BeforeRead = (_, _) => gate.Opened;
        await migration.WriteAsync(Put("key", "value")).Soon();

        Assert.Equal("value of old", await migration.ReadAsync("key").Soon());

        gate.Open();
    }

    [Fact]
    public async Task The_stage_moves_one_step_at_a_time()
    {
        var migration = Create(MigrationStage.Off);

        Assert.Contains("stage by stage",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => migration.MoveToAsync(MigrationStage.Shadow))).Message);
        Assert.Equal(MigrationStage.Off, await migration.GetStageAsync());

        foreach (var stage in Enum.GetValues<MigrationStage>())
        {
            await migration.MoveToAsync(stage);
            Assert.Equal(stage, await migration.GetStageAsync());
        }
    }

    [Fact]
    public async Task A_complete_migration_goes_back_only_by_force_since_the_old_store_is_behind()
    {
        var migration = Create(MigrationStage.Complete);

        Assert.Contains("old store",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => migration.MoveToAsync(MigrationStage.RampDown))).Message);
        await migration.MoveToAsync(MigrationStage.Complete);
        await migration.MoveToAsync(MigrationStage.DualWrite, force: true);

        Assert.Equal(MigrationStage.DualWrite, await migration.GetStageAsync());
    }

    [Fact]
    public async Task A_run_says_which_version_of_the_settings_it_was_planned_with()
    {
        var migration = Create(MigrationStage.Off);

        var moved = await migration.MoveToAsync(MigrationStage.DualWrite);

        Assert.Equal(moved.Version, (await migration.WriteAsync(Put("key", "value")).Soon()).SettingsVersion);
    }

    [Fact]
    public async Task Settings_that_would_lose_writes_are_refused()
    {
        var migration = Create(MigrationStage.DualWrite);

        await Assert.ThrowsAsync<ArgumentException>(() => Client.ChangeSettingsAsync(migration.Name, settings => settings with { Configs = Some.Configs("a", "b") }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Client.ChangeSettingsAsync(migration.Name, settings => settings with { MigrationStage = (MigrationStage)6 }));
        await Assert.ThrowsAsync<ArgumentException>(() => Client.ChangeSettingsAsync(
            migration.Name, settings => settings with { Participation = Participation.Everybody with { Share = 0.5 } }));
        Assert.Equal(1, (await Client.GetSettingsAsync(migration.Name)).Version);
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        var migration = Create(MigrationStage.Off);

        Assert.Throws<NameTakenException>(() => Create(MigrationStage.Off));
        Assert.Same(migration, Client.GetExperiment<Migration<string, string?, KeyValuePair<string, string>>>("customers"));
    }
}
