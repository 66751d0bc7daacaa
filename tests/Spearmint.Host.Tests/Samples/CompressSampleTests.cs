namespace Spearmint.Host.Samples;

public sealed class CompressSampleTests
{
    [Fact]
    public void There_is_a_config_for_each_codec_at_each_level()
    {
        var pairs = CompressSample.Configs.Select(config => config.Get<CompressConfig>()!).Select(config => (config.Codec, config.Level));

        Assert.Equal(
            from codec in Enum.GetValues<Codec>()
            from level in Enum.GetValues<Level>()
            select (codec, level),
            pairs);
    }

    [Fact]
    public void The_same_configs_have_the_same_ids_in_every_process() => Assert.Equal("3f84d684ab9f2ffb", CompressSample.Configs[0].Id);

    [Fact]
    public void There_is_an_experiment_for_each_built_in_strategy() => Assert.Equal(
        [("compress-rotate", "round_robin"), ("compress-shadow", "shadow"), ("compress-all", "multi_branch")],
        CompressSample.Experiments().Select(experiment => (experiment.Name, experiment.StrategyName)));
}
