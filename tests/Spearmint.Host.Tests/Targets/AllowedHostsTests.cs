namespace Spearmint.Host.Targets;

public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData("example.com", "http://example.com/a")]
    [InlineData("example.com", "https://EXAMPLE.com/a")]
    [InlineData("example.com", "http://example.com./a")]
    [InlineData("example.com:80", "http://example.com/a")]
    [InlineData("example.com:8080", "http://example.com:8080/")]
    [InlineData("[::1]:8080", "http://[0:0:0:0:0:0:0:1]:8080/")]
    [InlineData("127.0.0.1:81", "http://127.0.0.1:81/")]
    [InlineData("bücher.example", "http://xn--bcher-kva.example/")]
    public void A_named_host_may_be_called(string host, string address) => Assert.Null(Of(host).Refuse(new Uri(address)));

    [Theory]
    [InlineData("example.com", "http://example.com:8080/", "example.com:8080 is not among")]
    [InlineData("example.com:8080", "http://example.com/", "example.com is not among")]
    [InlineData("example.com", "http://example.com.evil.test/", "is not among")]
    [InlineData("example.com", "http://notexample.com/", "is not among")]
    [InlineData("example.com", "http://example.com@evil.test/", "a user before its host")]
    [InlineData("evil.test", "http://example.com:pw@evil.test/", "a user before its host")]
    [InlineData("example.com", "http://evil.test#@example.com/", "evil.test is not among")]
    [InlineData("example.com", "http://[::ffff:127.0.0.1]/", "is not among")]
    [InlineData("127.0.0.1:81", "http://[::1]:81/", "is not among")]
    [InlineData("127.0.0.1", "http://2130706434/", "127.0.0.2 is not among")]
    [InlineData("example.com", "file:///etc/passwd", "must be http or https")]
    [InlineData("example.com", "ftp://example.com/", "must be http or https")]
    public void Any_other_is_refused_with_the_reason(string host, string address, string reason) =>
        Assert.Contains(reason, Of(host).Refuse(new Uri(address)), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("example.com/path")]
    [InlineData("user@example.com")]
    [InlineData("*.example.com")]
    [InlineData("example.com:99999")]
    [InlineData("a b")]
    [InlineData(":80")]
    public void What_is_no_host_is_refused(string text) => Assert.False(new AllowedHosts().TryAdd(text));

    private static AllowedHosts Of(string host)
    {
        var hosts = new AllowedHosts();
        Assert.True(hosts.TryAdd(host));
        return hosts;
    }
}
