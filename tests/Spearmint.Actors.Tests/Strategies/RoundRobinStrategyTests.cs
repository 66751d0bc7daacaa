using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Strategies;

public sealed class RoundRobinStrategyTests
{
    private static readonly ConfigSet Abc = Some.Configs("a", "b", "c");

    private readonly HashSet<string> _quarantined = [];
    private RoundRobinStrategy _strategy = new();

    [Fact]
    public void A_quarantined_config_is_passed_over_and_the_rotation_goes_on_after_the_one_that_was_chosen()
    {
        _quarantined.Add("b");

        Assert.Equal(["a", "c", "a", "c"], Choose(4));
    }

    [Fact]
    public void A_config_that_is_released_gets_its_turn_again()
    {
        _quarantined.Add("b");
        Assert.Equal(["a", "c"], Choose(2));

        _quarantined.Clear();
        Assert.Equal(["a", "b", "c"], Choose(3));
    }

    [Fact]
    public void When_all_are_quarantined_the_rotation_is_as_if_none_were()
    {
        _quarantined.UnionWith(["a", "b", "c"]);

        Assert.Equal(["a", "b", "c", "a"], Choose(4));
    }

    [Fact]
    public void The_last_config_is_passed_over_too()
    {
        _quarantined.UnionWith(["a", "c"]);

        Assert.Equal(["b", "b"], Choose(2));
    }

    [Fact]
    public void Told_to_keep_them_it_does_not_even_ask_who_is_quarantined()
    {
        _strategy = Assert.IsType<RoundRobinStrategy>(Strategy.StrictRoundRobin.Create());

        Assert.Equal(["a", "b", "c"], Choose(3, _ => throw new InvalidOperationException("asked")));
    }

    [Fact]
    public void A_plan_allocates_nothing_once_every_config_has_had_its_turn()
    {
        Func<Config, bool> none = _ => false, first = config => config.Id == "a";
        Assert.Equal((0, 0), (Allocated(none), Allocated(first)));
    }

    private long Allocated(Func<Config, bool> quarantined)
    {
        var request = Request(quarantined);
        for (var run = 0; run < request.Configs.Count; run++)
            _strategy.Plan(request);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 30; run++)
            _strategy.Plan(request);

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private List<string> Choose(int runs, Func<Config, bool>? quarantined = null)
    {
        var request = Request(quarantined ?? (config => _quarantined.Contains(config.Id)));
        return [.. Enumerable.Range(0, runs).Select(_ => Assert.Single(_strategy.Plan(request).Branches).Config.Id)];
    }

    private static PlanRequest Request(Func<Config, bool> quarantined) => new(Guid.NewGuid(), "experiment", Abc, null, quarantined);
}
