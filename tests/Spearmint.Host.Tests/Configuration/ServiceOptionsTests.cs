using Microsoft.Extensions.Configuration;

namespace Spearmint.Host.Configuration;

public sealed class ServiceOptionsTests
{
    [Fact]
    public void Nothing_configured_means_the_defaults() =>
        Assert.Equal(new ServiceOptions { RecordedBranches = 10_000, MaxBodyBytes = 16 * 1024 * 1024 }, Read([]));

    [Fact]
    public void What_is_configured_is_taken() =>
        Assert.Equal(5, Read(new() { ["Spearmint:RecordedBranches"] = "5" }).RecordedBranches);

    [Fact]
    public void Branches_have_ten_seconds_to_end_where_nothing_else_is_said() =>
        Assert.Equal(TimeSpan.FromSeconds(10), Read([]).DrainTimeout);

    [Theory]
    [InlineData("3", 3)]
    [InlineData("0.5", 0.5)]
    [InlineData("00:00:07", 7)]
    [InlineData("50", 50)]
    public void The_time_that_branches_have_to_end_is_a_number_of_seconds_or_a_time(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(new() { ["Spearmint:DrainTimeout"] = text }).DrainTimeout);

    [Theory]
    [InlineData("Spearmint:RecordedBranches", "0")]
    [InlineData("Spearmint:RecordedBranches", "10000001")]
    [InlineData("Spearmint:MaxBodyBytes", "-1")]
    [InlineData("Spearmint:MaxBodyBytes", "1073741825")]
    [InlineData("Spearmint:MaxBodyBytes", "much")]
    [InlineData("Spearmint:DrainTimeout", "0")]
    [InlineData("Spearmint:DrainTimeout", "-1")]
    [InlineData("Spearmint:DrainTimeout", "50.1")]
    [InlineData("Spearmint:DrainTimeout", "1e300")]
    [InlineData("Spearmint:DrainTimeout", "NaN")]
    [InlineData("Spearmint:DrainTimeout", "00:01:00")]
    [InlineData("Spearmint:DrainTimeout", "soon")]
    public void What_makes_no_sense_is_refused_by_its_name(string key, string value)
    {
        var e = Assert.Throws<InvalidOperationException>(() => Read(new() { [key] = value }));

        Assert.Contains(key, e.Message, StringComparison.Ordinal);
        Assert.Contains(value, e.Message, StringComparison.Ordinal);
    }

    private static ServiceOptions Read(Dictionary<string, string?> settings) =>
        ServiceOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
