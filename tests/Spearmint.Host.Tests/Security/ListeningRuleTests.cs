using Microsoft.Extensions.Configuration;

namespace Spearmint.Host.Security;

public sealed class ListeningRuleTests
{
    [Theory]
    [InlineData("urls", "http://127.0.0.1:5080")]
    [InlineData("urls", "http://localhost:5080;http://[::1]:0")]
    [InlineData("urls", "http://127.0.0.9:0")]
    [InlineData("urls", "http://unix:/tmp/spearmint.sock")]
    [InlineData("urls", "nonsense")]
    [InlineData("urls", "")]
    [InlineData("Kestrel:Endpoints:Mine:Url", "http://127.0.0.1:1")]
    public void This_machine_alone_needs_no_word(string setting, string value) => ListeningRule.Require(Of(setting, value), new SecurityOptions());

    [Theory]
    [InlineData("urls", "http://0.0.0.0:5080")]
    [InlineData("urls", "http://localhost:5080;http://*:81")]
    [InlineData("urls", "http://+:80")]
    [InlineData("urls", "http://[::]:80")]
    [InlineData("urls", "http://spearmint.example:80")]
    [InlineData("urls", "http://localhost.example:80")]
    [InlineData("http_ports", "8080")]
    [InlineData("https_ports", "8080;8081")]
    [InlineData("Kestrel:Endpoints:Mine:Url", "https://10.0.0.1:443")]
    public void Where_others_come_in_it_must_be_told(string setting, string value)
    {
        var e = Assert.Throws<InvalidOperationException>(() => ListeningRule.Require(Of(setting, value), new SecurityOptions()));

        Assert.Contains(setting, e.Message, StringComparison.Ordinal);
        Assert.Contains("Spearmint:AllowRemote", e.Message, StringComparison.Ordinal);
        ListeningRule.Require(Of(setting, value), new SecurityOptions { AllowRemote = true });
    }

    private static IConfiguration Of(string setting, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting, (string?)value)]).Build();
}
