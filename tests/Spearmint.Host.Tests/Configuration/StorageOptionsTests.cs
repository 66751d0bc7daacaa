using Microsoft.Extensions.Configuration;

namespace Spearmint.Host.Configuration;

public sealed class StorageOptionsTests
{
    [Fact]
    public void Without_settings_branches_are_kept_in_SQLite_for_thirty_days()
    {
        Assert.Equal(
            new StorageOptions { Kind = "sqlite", KeepBranches = TimeSpan.FromDays(30), KeepFigures = TimeSpan.FromDays(400), MaxBytes = 10L << 30 }, Read());
    }

    [Theory]
    [InlineData("7", 7 * 24 * 60)]
    [InlineData("0.5", 12 * 60)]
    [InlineData("12:00:00", 12 * 60)]
    [InlineData("3.00:00:00", 3 * 24 * 60)]
    public void Time_is_a_number_of_days_or_a_time(string text, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Read(("Spearmint:KeepBranches", text)).KeepBranches);

    [Theory]
    [InlineData("Spearmint:Storage", "oracle", "sqlite, postgres, none")]
    [InlineData("Spearmint:Storage", "postgres", "ConnectionStrings:Spearmint is missing")]
    [InlineData("Spearmint:KeepBranches", "0", "above 0")]
    [InlineData("Spearmint:KeepBranches", "soon", "a number of days")]
    [InlineData("Spearmint:KeepFigures", "-1", "above 0")]
    [InlineData("Spearmint:KeepFigures", "1e300", "at most 36500 days")]
    [InlineData("Spearmint:KeepMinutes", "401", "at most Spearmint:KeepFigures")]
    [InlineData("Spearmint:MaxStorageBytes", "1000", "from 1048576")]
    [InlineData("Spearmint:MaxStorageBytes", "10 GB", "a whole number")]
    public void What_is_wrong_is_said_with_what_would_be_right(string name, string value, string said)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Read((name, value)));

        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    private static StorageOptions Read(params (string Name, string Value)[] settings) => StorageOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build());
}
