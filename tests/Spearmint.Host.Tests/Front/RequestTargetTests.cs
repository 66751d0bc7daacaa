namespace Spearmint.Host.Front;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/x/shop", "", "")]
    [InlineData("/x/shop/", "/", "")]
    [InlineData("/x/shop?a=b", "", "?a=b")]
    [InlineData("/x/shop/a%2Fb/%252e?q=%2e%2e/..", "/a%2Fb/%252e", "?q=%2e%2e/..")]
    [InlineData("/x/shop//a/...", "//a/...", "")]
    [InlineData("/x/shop/a;v=1/b?c=%0a", "/a;v=1/b", "?c=%0a")]
    [InlineData("/X/shop/x/shop/a", "/x/shop/a", "")]
    [InlineData("http://front.test:80/x/shop/a?b", "/a", "?b")]
    public void What_follows_the_name_is_passed_on_as_it_came(string raw, string path, string query) =>
        Assert.Equal(new RequestTarget(path, query), RequestTarget.Of(raw));

    [Theory]
    [InlineData("/x/shop/..")]
    [InlineData("/x/shop/../admin")]
    [InlineData("/x/shop/%2e%2e/admin")]
    [InlineData("/x/shop/.%2E/admin")]
    [InlineData("/x/shop/a%2f..%2f..%2fadmin")]
    [InlineData("/x/shop/a\\..\\..\\admin")]
    [InlineData("/x/shop/a%5c..%5cadmin")]
    [InlineData("/x/shop/./a")]
    [InlineData("/x/shop/..;/admin")]
    [InlineData("/x/shop/..;a=b/admin")]
    [InlineData("/x/shop/%2e.%3Ba/admin")]
    [InlineData("/x/shop/a%00b")]
    [InlineData("/x/shop/a%0d%0ab")]
    [InlineData("/x/shop/a\u0009b")]
    [InlineData("/x/shop/a?b=\u007f")]
    [InlineData("*")]
    [InlineData("front.test:80")]
    [InlineData("/y/shop/a")]
    public void A_path_that_leads_elsewhere_is_refused(string raw) => Assert.Null(RequestTarget.Of(raw));
}
