using Spearmint.Host.Experiments;
using Spearmint.Host.Samples;

namespace Spearmint.Host.Configuration;

public sealed class WelcomeTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080")]
    [InlineData("http://0.0.0.0:5080", "http://127.0.0.1:5080")]
    [InlineData("http://[::]:5080", "http://127.0.0.1:5080")]
    public void It_gives_a_command_per_experiment_at_an_address_that_can_be_called(string listening, string called)
    {
        var text = Welcome.Text([listening], "Development", new ExperimentRegistry(CompressSample.Experiments()), "The key is yours.", "spm_token");

        Assert.Contains($"listens on {listening} (Development)", text, StringComparison.Ordinal);
        foreach (var name in (string[])["compress-rotate", "compress-shadow", "compress-all"])
            Assert.Contains($"curl --data-binary @README.md {called}/api/v1/experiments/{name}/runs -H \"Authorization: Bearer spm_token\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_experiments_it_says_where_there_are_some()
    {
        var text = Welcome.Text(["http://127.0.0.1:5080"], "Production", new ExperimentRegistry([]), "The key is yours.", "spm_token");

        Assert.Contains("There are no experiments", text, StringComparison.Ordinal);
        Assert.Contains("Development", text, StringComparison.Ordinal);
        Assert.DoesNotContain("curl", text, StringComparison.Ordinal);
    }
}
