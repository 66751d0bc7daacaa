using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Support;

/// <summary>Three strategies that a choosing strategy may choose, and what it chose for many runs.</summary>
internal static class Choices
{
    public const int Runs = 20_000;

    public static readonly Strategy A = Strategy.SingleConfig("a");
    public static readonly Strategy B = Strategy.SingleConfig("b");
    public static readonly Strategy C = Strategy.SingleConfig("c");

    private static readonly ConfigSet Abc = Some.Configs("a", "b", "c");

    /// <summary>The ids of runs, the same ones in every test.</summary>
    public static IEnumerable<Guid> Ids(int count) => Enumerable.Range(0, count).Select(number => new Guid(number, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]));

    public static RunPlan Plan(IStrategy strategy, Guid id) => strategy.Plan(new PlanRequest(id, "experiment", Abc, null));

    public static string Chosen(IStrategy strategy, Guid id) => Assert.Single(Plan(strategy, id).Branches).Config.Id;

    /// <summary>How often each config was chosen.</summary>
    public static Dictionary<string, int> Count(Strategy strategy)
    {
        var instance = strategy.Create();
        var counts = Abc.ToDictionary(config => config.Id, _ => 0);
        foreach (var id in Ids(Runs))
            counts[Chosen(instance, id)]++;

        return counts;
    }
}
