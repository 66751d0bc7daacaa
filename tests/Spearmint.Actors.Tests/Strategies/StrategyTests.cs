using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Strategies;

public sealed class StrategyTests
{
    private static readonly ConfigSet Abc = Some.Configs("a", "b", "c");

    [Fact]
    public void Round_robin_plans_one_primary_after_the_other()
    {
        var strategy = new RoundRobinStrategy();

        Assert.Equal(["a", "b", "c", "a"], Enumerable.Range(0, 4).Select(_ => Assert.Single(Plan(strategy, Abc).Branches).Config.Id));
    }

    [Fact]
    public void Shadow_plans_the_primary_and_all_others_as_shadows_in_config_order()
    {
        var plan = Plan(new ShadowStrategy("b"), Abc);

        Assert.Equal(AnswerShape.Output, plan.Answer);
        Assert.Equal([("a", BranchRole.Shadow), ("b", BranchRole.Primary), ("c", BranchRole.Shadow)], plan.Branches.Select(branch => (branch.Config.Id, branch.Role)));
    }

    [Fact]
    public void Shadow_plans_anew_when_the_configs_change()
    {
        var strategy = new ShadowStrategy();
        Plan(strategy, Abc);

        Assert.Equal(["x"], Plan(strategy, Some.Configs("x")).Branches.Select(branch => branch.Config.Id));
    }

    [Theory]
    [InlineData("round_robin")]
    [InlineData("weighted")]
    [InlineData("random")]
    [InlineData("sticky")]
    [InlineData("allocate")]
    public void What_chooses_one_config_chooses_among_others_when_the_configs_change(string name)
    {
        var strategy = name == "allocate" ? Strategy.Allocate(request => request.Configs[0].Id).Create() : new StrategyCatalogue().Create(name);
        Plan(strategy, Some.Configs("a"));

        Assert.Equal("x", Assert.Single(Plan(strategy, Some.Configs("x")).Branches).Config.Id);
    }

    [Fact]
    public void Multi_branch_plans_all_as_candidates()
    {
        var plan = Plan(new MultiBranchStrategy(), Abc);

        Assert.Equal(AnswerShape.Container, plan.Answer);
        Assert.All(plan.Branches, branch => Assert.Equal(BranchRole.Candidate, branch.Role));
    }

    [Fact]
    public void Single_config_plans_always_the_same()
    {
        Assert.Equal("a", Assert.Single(Plan(new SingleConfigStrategy(), Abc).Branches).Config.Id);
        Assert.Equal("c", Assert.Single(Plan(new SingleConfigStrategy("c"), Abc).Branches).Config.Id);
        Assert.Contains("'z'", Assert.Throws<ArgumentException>(() => Plan(new SingleConfigStrategy("z"), Abc)).Message);
    }

    [Fact]
    public void A_plan_whose_shape_the_caller_cannot_use_is_refused_with_the_call_that_fits()
    {
        var request = new PlanRequest(Guid.NewGuid(), "experiment", Abc, null);

        Assert.Contains("RunAllAsync", Assert.Throws<AnswerShapeException>(() => RunPlanner.Plan(new MultiBranchStrategy(), "multi_branch", request, AnswerShape.Output)).Message);
        Assert.Contains("RunAsync", Assert.Throws<AnswerShapeException>(() => RunPlanner.Plan(new ShadowStrategy(), "shadow", request, AnswerShape.Container)).Message);
    }

    private static RunPlan Plan(IStrategy strategy, ConfigSet configs) => strategy.Plan(new PlanRequest(Guid.NewGuid(), "experiment", configs, null));
}
