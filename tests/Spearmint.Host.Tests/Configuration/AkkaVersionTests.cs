namespace Spearmint.Host.Configuration;

public sealed class AkkaVersionTests
{
    [Theory]
    [InlineData("1.5.65+0a1b2c3d", "Akka 1.5.65 (the real packages)")]
    [InlineData("1.5.65", "Akka 1.5.65 (the real packages)")]
    [InlineData("1.5-compat+0a1b2c3d", "Akka 1.5-compat")]
    [InlineData("1.5-compat", "Akka 1.5-compat")]
    public void It_says_which_Akka_it_is(string informationalVersion, string text) =>
        Assert.Equal(text, AkkaVersion.Describe(informationalVersion));
}
