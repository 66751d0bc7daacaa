namespace Spearmint.Samples;

public sealed class PricingSampleTests
{
    private const string Sample = "Spearmint.Samples.Pricing";

    [Fact]
    public async Task A_bug_in_a_rewritten_function_is_found_in_a_hundredth_of_the_traffic()
    {
        var (exitCode, output) = await SampleProcess.RunAsync(Sample);

        Assert.True(exitCode == 0, output);
        Assert.Matches(@"\$\.total +\d+\.\d % +0\.0 % +yes", output);
        Assert.Matches(@"\$\.discount +\d+\.\d % +0\.0 % +yes", output);
        Assert.Matches(@"\$\.id +100\.0 % +100\.0 % +no", output);
        Assert.Matches(@"\$\.quotedAt +\d+\.\d % +\d+\.\d % +no", output);
    }

    [Fact]
    public async Task Too_little_traffic_finds_nothing_and_says_so()
    {
        var (exitCode, output) = await SampleProcess.RunAsync(Sample, "1");

        Assert.True(exitCode == 1, output);
        Assert.Contains("too few orders", output, StringComparison.Ordinal);
    }
}
