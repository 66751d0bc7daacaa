using Spearmint.Domain;
using Spearmint.Host.Samples;

namespace Spearmint.Host.Experiments;

public sealed class ExperimentRegistryTests
{
    private readonly ExperimentRegistry _registry = new(CompressSample.Experiments());

    [Fact]
    public void An_experiment_is_found_by_its_name() => Assert.Equal("compress-all", _registry.Find("compress-all").Name);

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones()
    {
        var e = Assert.Throws<UnknownNameException>(() => _registry.Find("nope"));

        Assert.Equal(["compress-rotate", "compress-shadow", "compress-all"], e.Known);
    }
}
