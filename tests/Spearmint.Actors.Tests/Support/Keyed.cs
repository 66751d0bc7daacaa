using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Support;

/// <summary>What strategies that choose one config choose for many keys, under given configs and weights.</summary>
internal static class Keyed
{
    public const int Count = 10_000;

    public static IEnumerable<string> Keys => Enumerable.Range(0, Count).Select(number => $"user-{number}");

    /// <summary>The config of each key, in the order of the keys; the configs are those that have a weight.</summary>
    public static string[] Chosen(Strategy strategy, params (string Id, double Weight)[] weights)
    {
        var request = Request(weights);
        var instance = strategy.Create();
        return [.. Keys.Select(key => Only(instance.Plan(request with { Key = key })))];
    }

    public static PlanRequest Request(params (string Id, double Weight)[] weights) => new(
        Guid.Empty, "experiment", Some.Configs([.. weights.Select(weight => weight.Id)]), null)
    {
        Settings = new StrategySettings { Weights = weights.ToDictionary(weight => weight.Id, weight => weight.Weight) },
    };

    public static string Only(RunPlan plan)
    {
        Assert.Equal(AnswerShape.Output, plan.Answer);
        return Assert.Single(plan.Branches, branch => branch.Role == BranchRole.Primary).Config.Id;
    }
}
