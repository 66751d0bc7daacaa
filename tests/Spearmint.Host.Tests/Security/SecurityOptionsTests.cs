using Microsoft.Extensions.Configuration;

namespace Spearmint.Host.Security;

public sealed class SecurityOptionsTests
{
    [Fact]
    public void Nothing_given_is_no_key_and_this_machine_alone()
    {
        var options = SecurityOptions.Read(Configuration(("OperatorKey", "")));

        Assert.Equal((null, null, false, 1000), (options.OperatorKey, options.ViewerKey, options.AllowRemote, options.RequestsPerSecond));
    }

    [Theory]
    [InlineData("OperatorKey", "fifteen-letters", "at least 16")]
    [InlineData("ViewerKey", "short", "at least 16")]
    [InlineData("ViewerKey", "with a space in the key", "ASCII")]
    [InlineData("RequestsPerSecond", "0", "from 1")]
    [InlineData("MaxConnections", "-1", "from 1")]
    [InlineData("MaxLiveFeeds", "0", "from 1")]
    [InlineData("FailedKeysPerMinute", "0", "from 1")]
    public void A_value_that_makes_no_sense_is_refused_with_its_name_and_without_the_key(string name, string value, string said)
    {
        var e = Assert.Throws<InvalidOperationException>(() => SecurityOptions.Read(Configuration((name, value))));

        Assert.Contains("Spearmint:" + name, e.Message, StringComparison.Ordinal);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        if (name.EndsWith("Key", StringComparison.Ordinal))
            Assert.DoesNotContain(value, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_key_cannot_have_both_roles() => Assert.Throws<InvalidOperationException>(
        () => SecurityOptions.Read(Configuration(("OperatorKey", "0123456789abcdef"), ("ViewerKey", "0123456789abcdef"))));

    internal static IConfiguration Configuration(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Spearmint:" + setting.Name, (string?)setting.Value)))
        .Build();
}
