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

    [Theory]
    [InlineData("Spearmint:RecordedBranches", "0")]
    [InlineData("Spearmint:RecordedBranches", "10000001")]
    [InlineData("Spearmint:MaxBodyBytes", "-1")]
    [InlineData("Spearmint:MaxBodyBytes", "1073741825")]
    [InlineData("Spearmint:MaxBodyBytes", "much")]
    public void What_makes_no_sense_is_refused_by_its_name(string key, string value)
    {
        var e = Assert.Throws<InvalidOperationException>(() => Read(new() { [key] = value }));

        Assert.Contains(key, e.Message, StringComparison.Ordinal);
        Assert.Contains(value, e.Message, StringComparison.Ordinal);
    }

    private static ServiceOptions Read(Dictionary<string, string?> settings) =>
        ServiceOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
