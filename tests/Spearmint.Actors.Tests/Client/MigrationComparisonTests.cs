using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Client;

/// <summary>Reads that are compared, and what a guard makes of it.</summary>
public sealed class MigrationComparisonTests : MigrationKit
{
    // what a store gives says which store it is
    private static readonly ComparisonRules<string, string?> SameValue =
        ComparisonRules.For<string, string?>().CompareWith((one, other) => one?.Split(' ')[0] == other?.Split(' ')[0]);

    [Theory]
    [InlineData(MigrationStage.Shadow, "old", "new")]
    [InlineData(MigrationStage.Live, "new", "old")]
    public async Task A_read_is_compared_with_that_of_the_other_store(MigrationStage stage, string reference, string compared)
    {
        var migration = Create(stage, compare: SameValue);
        await migration.WriteAsync(Put("key", "value")).Soon();
        Clock.Advance(TimeSpan.FromSeconds(1));

        await migration.ReadAsync("key").Soon();

        var comparison = Assert.Single(await ComparedAsync(1));
        Assert.Equal((ComparisonVerdict.Match, reference, compared), (comparison.Verdict, comparison.ReferenceConfigId, comparison.ConfigId));
    }

    [Fact]
    public async Task Too_many_mismatches_move_the_stage_back_step_by_step()
    {
        var migration = Create(MigrationStage.Live, new MigrationGuard { MaxMismatchRate = 0.5, Window = 3 }, compare: SameValue);
        await Old.WriteAsync(Put("key", "another"), default);
        await New.WriteAsync(Put("key", "value"), default);

        await ReadUntilSteppedBackAsync(migration, 1);
        Assert.Equal(MigrationStage.Shadow, await migration.GetStageAsync());
        Assert.Equal("another of old", await migration.ReadAsync("key").Soon());
        var back = await ReadUntilSteppedBackAsync(migration, 2);

        Assert.Equal(MigrationStage.DualWrite, await migration.GetStageAsync());
        Assert.Equal(
            [("customers", MigrationStage.Live, MigrationStage.Shadow), ("customers", MigrationStage.Shadow, MigrationStage.DualWrite)],
            back.Select(step => (step.Strategy, step.From, step.To)));
        Assert.Equal(3, (await Client.GetSettingsAsync("customers")).Version);
    }

    [Fact]
    public async Task A_new_store_that_fails_moves_the_stage_back_and_no_caller_sees_it()
    {
        var migration = Create(MigrationStage.Shadow, new MigrationGuard { MaxMismatchRate = 0, Window = 2 }, compare: SameValue);
        New.BeforeRead = (_, _) => throw new IOException();

        await ReadUntilSteppedBackAsync(migration, 1);

        Assert.Equal(MigrationStage.DualWrite, await migration.GetStageAsync());
    }

    [Fact]
    public async Task A_difference_that_was_read_while_the_row_was_written_is_ignored()
    {
        var migration = Create(MigrationStage.Shadow, compare: SameValue);
        var oldHasIt = new Gate();
        var gate = new Gate();
        New.BeforeWrite = (_, _) =>
        {
            oldHasIt.Open();
            return gate.Opened;
        };
        var write = migration.WriteAsync(Put("key", "value"));
        await oldHasIt.Opened;

        Assert.Equal("value of old", await migration.ReadAsync("key").Soon());

        var comparison = Assert.Single(await ComparedAsync(1));
        Assert.Equal((ComparisonVerdict.Ignored, "written meanwhile"), (comparison.Verdict, comparison.IgnoredBy));
        gate.Open();
        await write.Soon();
    }

    [Fact]
    public async Task A_difference_that_was_read_after_the_write_counts()
    {
        var migration = Create(MigrationStage.Shadow, compare: SameValue);
        New.BeforeWrite = (_, _) => throw new IOException();
        await migration.WriteAsync(Put("key", "value")).Soon();
        Clock.Advance(TimeSpan.FromSeconds(1));

        await migration.ReadAsync("key").Soon();

        Assert.Equal(ComparisonVerdict.Mismatch, Assert.Single(await ComparedAsync(1)).Verdict);
    }

    private async Task<List<MigrationSteppedBack>> ReadUntilSteppedBackAsync(
        Migration<string, string?, KeyValuePair<string, string>> migration, int steps)
    {
        for (var reads = 0; SteppedBack().Count < steps && reads < 1000; reads++)
        {
            await migration.ReadAsync("key").Soon();
            await Client.FlushAsync(TimeSpan.FromSeconds(5));
        }

        return SteppedBack();
    }

    private List<MigrationSteppedBack> SteppedBack() => [.. Sink.Events.OfType<MigrationSteppedBack>()];

    private async Task<List<Comparison>> ComparedAsync(int count) =>
        [.. (await Sink.WhenAsync(all => all.OfType<BranchCompared>().Count() >= count)).OfType<BranchCompared>().Select(compared => compared.Comparison)];
}
