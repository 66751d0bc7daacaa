using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Strategies;

public sealed class MigrationStrategyTests
{
    private static readonly ConfigSet Stores = Some.Configs("old", "new");
    private readonly IStrategy _strategy = Strategy.Migration.Create();

    [Theory]
    [InlineData(MigrationStage.Off, "old")]
    [InlineData(MigrationStage.DualWrite, "old, new")]
    [InlineData(MigrationStage.Shadow, "old, new")]
    [InlineData(MigrationStage.Live, "new, old")]
    [InlineData(MigrationStage.RampDown, "new, old")]
    [InlineData(MigrationStage.Complete, "new")]
    public void The_authoritative_store_is_written_first(MigrationStage stage, string order)
    {
        var plan = Plan(stage, new Write());

        Assert.Equal(order, string.Join(", ", plan.Branches.Select(branch => branch.Config.Id)));
        Assert.All(plan.Branches, branch => Assert.True(branch.Role.IsAwaited()));
        Assert.Equal(plan.Branches.Length > 1, plan.IsInTurn);
        Assert.Equal(AnswerShape.Output, plan.Answer);
    }

    [Theory]
    [InlineData(MigrationStage.Off, "old Primary")]
    [InlineData(MigrationStage.DualWrite, "old Primary")]
    [InlineData(MigrationStage.Shadow, "old Primary, new Shadow")]
    [InlineData(MigrationStage.Live, "old Shadow, new Primary")]
    [InlineData(MigrationStage.RampDown, "new Primary")]
    [InlineData(MigrationStage.Complete, "new Primary")]
    public void Reads_are_compared_in_Shadow_and_Live_alone(MigrationStage stage, string branches) =>
        Assert.Equal(branches, string.Join(", ", Plan(stage, "a query").Branches.Select(branch => $"{branch.Config.Id} {branch.Role}")));

    [Theory]
    [InlineData("old")]
    [InlineData("old", "new", "newer")]
    public void A_migration_has_exactly_two_stores(params string[] ids) =>
        Assert.Contains($"there are {ids.Length}", Assert.Throws<ArgumentException>(() => Plan(MigrationStage.Off, null, Some.Configs(ids))).Message);

    [Fact]
    public void Other_stores_have_other_plans()
    {
        Plan(MigrationStage.Live, null);

        Assert.Equal("b", Plan(MigrationStage.Complete, null, Some.Configs("a", "b")).Branches[0].Config.Id);
    }

    private RunPlan Plan(MigrationStage stage, object? input, ConfigSet? stores = null) => _strategy.Plan(
        new PlanRequest(Guid.NewGuid(), "experiment", stores ?? Stores, input) { Settings = new StrategySettings { MigrationStage = stage } });

    private sealed record Write : IMigrationWrite;
}
