using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Strategies;

public sealed class FirstSuccessStrategyTests
{
    [Fact]
    public void All_configs_are_candidates_for_one_output_and_start_together()
    {
        var plan = Plan(Strategy.FirstSuccess, Some.Configs("a", "b"));

        Assert.Equal((AnswerShape.Output, TimeSpan.Zero), (plan.Answer, plan.Stagger));
        Assert.Equal([("a", BranchRole.Candidate), ("b", BranchRole.Candidate)], plan.Branches.Select(branch => (branch.Config.Id, branch.Role)));
    }

    [Fact]
    public void A_hedge_differs_by_its_delay()
    {
        var plan = Plan(Strategy.Hedge(TimeSpan.FromMilliseconds(20)), Some.Configs("a", "b"));

        Assert.Equal((AnswerShape.Output, TimeSpan.FromMilliseconds(20)), (plan.Answer, plan.Stagger));
        Assert.Equal([("a", BranchRole.Candidate), ("b", BranchRole.Candidate)], plan.Branches.Select(branch => (branch.Config.Id, branch.Role)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_400_001)]
    public void A_hedge_needs_a_delay_above_zero_and_at_most_a_day(int milliseconds)
    {
        var delay = TimeSpan.FromMilliseconds(milliseconds);

        Assert.Contains("above zero", Assert.Throws<ArgumentOutOfRangeException>("delay", () => new HedgeStrategy(delay)).Message);
        Assert.Contains("above zero", Assert.Throws<ArgumentOutOfRangeException>("delay", () => Strategy.Hedge(delay)).Message);
    }

    [Fact]
    public void The_same_configs_have_the_same_plan_and_others_another()
    {
        IStrategy[] strategies = [new FirstSuccessStrategy(), new HedgeStrategy(TimeSpan.FromSeconds(1)), new MultiBranchStrategy(), new ShadowStrategy()];
        foreach (var strategy in strategies)
        {
            var request = new PlanRequest(Guid.NewGuid(), "experiment", Some.Configs("a", "b"), null);

            Assert.Same(strategy.Plan(request), strategy.Plan(request));
            Assert.Equal("x", Assert.Single(strategy.Plan(request with { Configs = Some.Configs("x") }).Branches).Config.Id);
        }
    }

    private static RunPlan Plan(Strategy strategy, ConfigSet configs) => strategy.Create().Plan(new PlanRequest(Guid.NewGuid(), "experiment", configs, null));
}
