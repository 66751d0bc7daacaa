using Spearmint.Host.Support;

namespace Spearmint.Host.Experiments;

public sealed class ExperimentFolderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_folder_that_had_files_may_be_away_for_a_while()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["experiments"]);
        File.WriteAllText(Path.Combine(folder["experiments"], "a.yaml"), "");
        var files = new ExperimentFolder(folder["experiments"]);
        Assert.Equal(["a.yaml"], files.Names(Start));

        Directory.Move(folder["experiments"], folder["away"]);
        Assert.Throws<DirectoryNotFoundException>(() => files.Names(Start));
        Assert.Throws<DirectoryNotFoundException>(() => files.Names(Start + ExperimentFolder.TimeAway - TimeSpan.FromTicks(1)));

        Directory.Move(folder["away"], folder["experiments"]);
        Assert.Equal(["a.yaml"], files.Names(Start + ExperimentFolder.TimeAway));

        Directory.Move(folder["experiments"], folder["away"]);
        Assert.Throws<DirectoryNotFoundException>(() => files.Names(Start + (2 * ExperimentFolder.TimeAway)));
        Assert.Empty(files.Names(Start + (3 * ExperimentFolder.TimeAway)));
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_files()
    {
        using var folder = new TemporaryFolder();

        Assert.Empty(new ExperimentFolder(folder["none"]).Names(Start));
    }
}
