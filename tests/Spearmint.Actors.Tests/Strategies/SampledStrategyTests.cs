using Spearmint.Execution;
using static Spearmint.Support.Choices;

namespace Spearmint.Strategies;

public sealed class SampledStrategyTests
{
    [Fact]
    public void The_sample_is_planned_by_one_strategy_and_the_rest_by_the_other()
    {
        var counts = Count(Strategy.Sampled(0.1, B, C));

        Assert.Equal(0, counts["a"]);
        Assert.InRange(counts["b"], Runs * 0.09, Runs * 0.11);
        Assert.Equal(Runs, counts["b"] + counts["c"]);
    }

    [Fact]
    public void Without_another_strategy_the_rest_runs_the_first_config()
    {
        var plans = Ids(1000).Select(id => Plan(Strategy.Sampled(0.5, Strategy.MultiBranch).Create(), id)).ToList();

        Assert.All(plans.Where(plan => plan.Answer == AnswerShape.Output), plan => Assert.Equal("a", Assert.Single(plan.Branches).Config.Id));
        Assert.InRange(plans.Count(plan => plan.Answer == AnswerShape.Container), 400, 600);
    }

    [Fact]
    public void A_rate_of_zero_samples_no_run_and_a_rate_of_one_all()
    {
        Assert.Equal(Runs, Count(Strategy.Sampled(0, A, B))["b"]);
        Assert.Equal(Runs, Count(Strategy.Sampled(1, A, B))["a"]);
    }

    [Fact]
    public void A_run_is_decided_alike_by_every_instance_and_stays_in_every_larger_sample()
    {
        var one = Strategy.Sampled(0.2, A, B).Create();
        var same = Strategy.Sampled(0.2, A, B).Create();
        var larger = Strategy.Sampled(0.3, A, B).Create();

        foreach (var id in Ids(1000))
        {
            Assert.Equal(Chosen(one, id), Chosen(same, id));
            Assert.True(Chosen(one, id) == "b" || Chosen(larger, id) == "a");
        }
    }

    [Fact]
    public void A_sample_within_a_sample_is_a_share_of_it()
    {
        var counts = Count(Strategy.Sampled(0.5, Strategy.Sampled(0.5, A, B), C));

        Assert.InRange(counts["a"], Runs * 0.24, Runs * 0.26);
        Assert.InRange(counts["b"], Runs * 0.24, Runs * 0.26);
    }

    [Fact]
    public void A_sample_deep_within_others_is_a_share_of_them_on_either_side()
    {
        var pick = Strategy.Pick((1, A), (1, Strategy.Sampled(0.5, B, C)));
        var counts = Count(Strategy.Sampled(0.5, Strategy.Sampled(0.5, A, pick), pick));

        // the pick gets a half and a quarter of all, and leaves a half to a and a quarter each to b and c
        Assert.InRange(counts["b"], Runs * 0.1775, Runs * 0.1975);
        Assert.InRange(counts["c"], Runs * 0.1775, Runs * 0.1975);
    }

    [Fact]
    public void A_sample_is_independent_of_shadow_sampling()
    {
        var strategy = Strategy.Sampled(0.5, A, B).Create();
        var shadowed = Ids(Runs).Where(id => StableHash.Share(id, StableHash.ShadowSampling) < 0.5).ToList();

        Assert.InRange(shadowed.Count(id => Chosen(strategy, id) == "a"), shadowed.Count * 0.48, shadowed.Count * 0.52);
    }

    [Fact]
    public void Each_instance_has_strategies_of_its_own()
    {
        var sampled = Strategy.Sampled(1, Strategy.RoundRobin);
        var (one, other) = (sampled.Create(), sampled.Create());

        Assert.Equal(["a", "b"], Ids(2).Select(id => Chosen(one, id)));
        Assert.Equal(["a", "b"], Ids(2).Select(id => Chosen(other, id)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_rate_that_is_no_share_is_refused_at_once(double rate)
    {
        Assert.Contains("0 to 1", Assert.Throws<ArgumentOutOfRangeException>(nameof(rate), () => Strategy.Sampled(rate, A)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(rate), () => new SampledStrategy(rate, A.Create(), B.Create()));
    }
}
