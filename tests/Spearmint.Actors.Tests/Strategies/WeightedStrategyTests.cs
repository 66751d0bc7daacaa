using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Support;
using static Spearmint.Support.Choices;

namespace Spearmint.Strategies;

public sealed class WeightedStrategyTests
{
    [Fact]
    public void Each_config_is_chosen_as_often_as_its_weight_says()
    {
        var counts = Chosen(Strategy.Weighted, Keyed.Request(("a", 7), ("b", 2), ("c", 1)));

        Assert.InRange(counts["a"], Runs * 0.69, Runs * 0.71);
        Assert.InRange(counts["b"], Runs * 0.19, Runs * 0.21);
        Assert.InRange(counts["c"], Runs * 0.09, Runs * 0.11);
    }

    [Fact]
    public void A_config_that_is_not_named_has_the_weight_1()
    {
        var counts = Chosen(Strategy.Weighted, Keyed.Request(("a", 3)) with { Configs = Some.Configs("a", "b") });

        Assert.InRange(counts["b"], Runs * 0.24, Runs * 0.26);
    }

    [Fact]
    public void A_config_of_weight_0_is_never_chosen() =>
        Assert.Equal(["b"], Chosen(Strategy.Weighted, Keyed.Request(("a", 0), ("b", 0.1), ("c", 0))).Keys);

    [Fact]
    public void A_run_is_decided_alike_by_every_instance_and_changed_settings_count_at_once()
    {
        var (one, other) = (Strategy.Weighted.Create(), Strategy.Weighted.Create());
        var request = Keyed.Request(("a", 1), ("b", 1));

        Assert.All(Ids(100), id => Assert.Same(
            one.Plan(request with { RunId = id }).Branches[0].Config, other.Plan(request with { RunId = id }).Branches[0].Config));
        Assert.Equal("b", Keyed.Only(one.Plan(request with { Settings = Keyed.Request(("a", 0), ("b", 1)).Settings })));
    }

    [Fact]
    public void The_choice_within_a_sample_is_independent_of_it()
    {
        var counts = Chosen(Strategy.Sampled(0.5, Strategy.Weighted, Strategy.SingleConfig("c")), Keyed.Request(("a", 1), ("b", 1), ("c", 0)));

        Assert.InRange(counts["a"], Runs * 0.24, Runs * 0.26);
        Assert.InRange(counts["b"], Runs * 0.24, Runs * 0.26);
    }

    [Fact]
    public void Random_chooses_each_config_as_often_as_any_other_whatever_the_weights()
    {
        var counts = Chosen(Strategy.Random, Keyed.Request(("a", 7), ("b", 2), ("c", 0)));

        Assert.Equal(3, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, Runs * 0.32, Runs * 0.347));
    }

    [Fact]
    public void Random_decides_by_another_place_than_Weighted()
    {
        var request = Keyed.Request(("a", 1), ("b", 1));
        var (random, weighted) = (Strategy.Random.Create(), Strategy.Weighted.Create());
        var same = Ids(Runs).Count(id => Keyed.Only(random.Plan(request with { RunId = id })) == Keyed.Only(weighted.Plan(request with { RunId = id })));

        Assert.InRange(same, Runs * 0.48, Runs * 0.52);
    }

    [Fact]
    public void When_all_weights_are_0_the_error_names_the_configs_and_when_their_sum_is_infinite_it_says_so()
    {
        Assert.Contains("weight 0: a, b.", Assert.Throws<ArgumentException>(() => Strategy.Weighted.Create().Plan(Keyed.Request(("a", 0), ("b", 0)))).Message);
        Assert.Contains("finite sum", Assert.Throws<ArgumentException>("Weights", () =>
            Strategy.Weighted.Create().Plan(Keyed.Request(("a", double.MaxValue), ("b", double.MaxValue)))).Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_that_is_none_is_refused_with_the_id_of_its_config(double weight)
    {
        var weights = new Dictionary<string, double> { ["a"] = 1, ["b"] = weight };

        var refusal = Assert.Throws<ArgumentOutOfRangeException>("Weights", () => new StrategySettings { Weights = weights });

        Assert.Contains("'b' must be finite and at least 0", refusal.Message);
    }

    [Fact]
    public void Settings_keep_a_copy_of_the_weights()
    {
        var weights = new Dictionary<string, double> { ["a"] = 1 };
        var settings = new StrategySettings { Weights = weights };

        weights["a"] = -1;

        Assert.Equal(1, settings.Weights["a"]);
        Assert.Throws<ArgumentNullException>("Weights", () => new StrategySettings { Weights = null! });
    }

    [Theory]
    [InlineData("weighted")]
    [InlineData("random")]
    public void A_plan_allocates_nothing(string name)
    {
        var strategy = new StrategyCatalogue().Create(name);
        var request = Keyed.Request(("a", 1), ("b", 1));
        Guid[] ids = [.. Ids(30)];
        Plan();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Plan();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Plan()
        {
            foreach (var id in ids)
                strategy.Plan(request with { RunId = id });
        }
    }

    private static Dictionary<string, int> Chosen(Strategy strategy, PlanRequest request)
    {
        var instance = strategy.Create();
        return Ids(Runs).CountBy(id => Keyed.Only(instance.Plan(request with { RunId = id }))).ToDictionary();
    }
}
