namespace Spearmint.Samples;

public sealed class MigrationSampleTests
{
    private const string Sample = "Spearmint.Samples.Migration";

    [Fact]
    public async Task A_migration_between_two_SQLite_files_under_load_loses_and_changes_no_row()
    {
        var (exitCode, output) = await SampleProcess.RunAsync(Sample, "--rows", "300", "--comparisons", "200");

        Assert.True(exitCode == 0, output);
        Assert.Contains("NewStore: no row lost, no row changed", output, StringComparison.Ordinal);
        Assert.Matches(@"(?s)Off\n.*DualWrite\n.*Shadow\n.*Live\n.*RampDown\n.*Complete\n.*migrated \d+ rows", output.ReplaceLineEndings("\n"));
        Assert.Contains(" 0 different", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_in_the_new_store_moves_the_migration_back_and_the_old_store_still_has_every_row()
    {
        var (exitCode, output) = await SampleProcess.RunAsync(Sample, "--bug", "--rows", "300", "--comparisons", "2000");

        Assert.True(exitCode == 1, output);
        Assert.Contains("stepped back from Shadow to DualWrite", output, StringComparison.Ordinal);
        Assert.Contains("OldStore: no row lost, no row changed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("migrated", output, StringComparison.Ordinal);
    }
}
