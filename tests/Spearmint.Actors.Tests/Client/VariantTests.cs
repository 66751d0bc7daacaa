using Spearmint.Domain;
using Spearmint.Strategies;
using Spearmint.Support;

namespace Spearmint.Client;

public sealed class VariantTests : SpearmintKit
{
    [Fact]
    public async Task Functions_that_do_the_same_are_an_experiment_with_a_config_for_each()
    {
        var experiment = Client.CreateExperiment<int, int>("double", [new("add", (x, _) => Task.FromResult(x + x)), new("shift", (x, _) => Task.FromResult(x << 1))], Strategy.MultiBranch);

        var branches = await experiment.RunAllAsync(21).Soon();

        Assert.Equal([("add", 42), ("shift", 42)], branches.Select(branch => (branch.Config.Id, branch.Output)));
    }

    [Fact]
    public async Task A_config_that_is_no_variant_fails_and_says_which_there_are()
    {
        var experiment = Client.CreateExperiment<int, int>("double", [new("add", (x, _) => Task.FromResult(x + x))], Strategy.RoundRobin);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => experiment.RunAsync(1, new RunOptions { Configs = Some.Configs("multiply") }).Soon());

        Assert.Equal("Config 'multiply' is none of the variants of experiment 'double': add.", error.Message);
    }

    [Fact]
    public void Two_variants_of_one_id_are_refused() => Assert.Contains("add", Assert.ThrowsAny<ArgumentException>(() =>
        Client.CreateExperiment<int, int>("double", [new("add", (x, _) => Task.FromResult(x)), new("add", (x, _) => Task.FromResult(x))], Strategy.RoundRobin)).Message, StringComparison.Ordinal);
}
