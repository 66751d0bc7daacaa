using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Support;
using static Spearmint.Support.Keyed;

namespace Spearmint.Strategies;

public sealed class StickyStrategyTests
{
    [Fact]
    public void Ten_thousand_keys_split_within_two_points_of_the_weights()
    {
        var chosen = Chosen(Strategy.Sticky, ("a", 7), ("b", 2), ("c", 1));

        Assert.InRange(Part(chosen, "a"), 0.68, 0.72);
        Assert.InRange(Part(chosen, "b"), 0.18, 0.22);
        Assert.InRange(Part(chosen, "c"), 0.08, 0.12);
    }

    [Fact]
    public void A_config_that_is_not_named_has_the_weight_1_and_an_id_that_is_not_there_changes_nothing()
    {
        var unnamed = Request() with { Configs = Some.Configs("a", "b", "c") };
        var strategy = Strategy.Sticky.Create();

        Assert.Equal(
            Chosen(Strategy.Sticky, ("a", 3), ("b", 1), ("c", 1)),
            Keys.Select(key => Only(strategy.Plan(unnamed with { Key = key, Settings = Weighing(("a", 3), ("to come", 5)) }))));
    }

    // computed by another program from the papers: the same key has the same config in another process
    [Theory]
    [InlineData("", "b")]
    [InlineData("anna", "a")]
    [InlineData("ben", "b")]
    [InlineData("user-1", "a")]
    [InlineData("user-3", "b")]
    [InlineData("user-11", "c")]
    [InlineData("user-35", "c")]
    [InlineData("user-59", "b")]
    [InlineData("Zoë 🙂", "b")]
    public void A_key_has_the_same_config_in_every_process(string key, string config) =>
        Assert.Equal(config, Only(Strategy.Sticky.Create().Plan(Request(("a", 7), ("b", 2), ("c", 1)) with { Key = key })));

    [Fact]
    public void A_key_has_the_same_config_whatever_the_run_its_input_and_the_order_of_the_configs()
    {
        var (strategy, other) = (Strategy.Sticky.Create(), Strategy.Sticky.Create());
        var request = Request(("a", 3), ("b", 2), ("c", 1));
        var reversed = Request(("c", 1), ("b", 2), ("a", 3));

        Assert.All(Keys.Take(1000), key => Assert.Equal(
            Only(strategy.Plan(request with { Key = key })),
            Only(other.Plan(reversed with { Key = key, RunId = Guid.NewGuid(), Input = key }))));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 20)]
    [InlineData(5, 1)]
    [InlineData(0, 1)]
    [InlineData(3, 0)]
    public void A_changed_weight_moves_the_share_it_must_and_only_to_or_from_its_config(double before, double after)
    {
        var old = Chosen(Strategy.Sticky, ("a", 2), ("b", before), ("c", 1));
        var now = Chosen(Strategy.Sticky, ("a", 2), ("b", after), ("c", 1));

        // b's share is w / (w + 3), and what it gains or loses is all that moves
        var expected = Math.Abs((after / (after + 3)) - (before / (before + 3)));
        var moved = old.Zip(now).Where(pair => pair.First != pair.Second).ToList();
        Assert.InRange(moved.Count / (double)Count, expected - 0.02, expected + 0.02);
        Assert.All(moved, pair => Assert.Equal("b", after > before ? pair.Second : pair.First));
    }

    [Fact]
    public void A_config_that_is_added_takes_only_its_share_and_from_each_in_proportion()
    {
        var old = Chosen(Strategy.Sticky, ("a", 2), ("b", 1));
        var now = Chosen(Strategy.Sticky, ("a", 2), ("b", 1), ("new", 1));

        var moved = old.Zip(now).Where(pair => pair.First != pair.Second).ToList();
        Assert.InRange(moved.Count / (double)Count, 0.23, 0.27);
        Assert.All(moved, pair => Assert.Equal("new", pair.Second));
        Assert.InRange(moved.Count(pair => pair.First == "a") / (double)moved.Count, 2 / 3.0 - 0.04, 2 / 3.0 + 0.04);
    }

    [Fact]
    public void A_config_that_is_removed_moves_only_its_own_keys_and_to_each_in_proportion()
    {
        var old = Chosen(Strategy.Sticky, ("a", 2), ("gone", 1), ("b", 1));
        var now = Chosen(Strategy.Sticky, ("a", 2), ("b", 1));

        var own = old.Zip(now).Where(pair => pair.First == "gone").ToList();
        Assert.All(old.Zip(now).Where(pair => pair.First != "gone"), pair => Assert.Equal(pair.First, pair.Second));
        Assert.InRange(own.Count(pair => pair.Second == "a") / (double)own.Count, 2 / 3.0 - 0.04, 2 / 3.0 + 0.04);
    }

    [Fact]
    public void Weights_count_relative_to_each_other() => Assert.Equal(
        Chosen(Strategy.Sticky, ("a", 2), ("b", 1)), Chosen(Strategy.Sticky, ("a", 2048), ("b", 1024)));

    [Fact]
    public void A_config_of_weight_0_is_never_chosen() =>
        Assert.DoesNotContain("b", Chosen(Strategy.Sticky, ("a", 0.001), ("b", 0), ("c", 0.001)));

    [Fact]
    public void Changed_settings_count_at_once()
    {
        var strategy = Strategy.Sticky.Create();
        var request = Request(("a", 1), ("b", 0)) with { Key = "key" };

        Assert.Equal("a", Only(strategy.Plan(request)));
        Assert.Equal("b", Only(strategy.Plan(request with { Settings = Weighing(("a", 0), ("b", 1)) })));
    }

    [Fact]
    public void When_all_weights_are_0_the_error_names_the_configs() => Assert.Contains(
        "weight 0: a, b.", Assert.Throws<ArgumentException>(() => Strategy.Sticky.Create().Plan(Request(("a", 0), ("b", 0)) with { Key = "key" })).Message);

    [Fact]
    public void A_run_without_a_key_is_chosen_by_its_run_id()
    {
        var (strategy, other) = (Strategy.Sticky.Create(), Strategy.Sticky.Create());
        var request = Request(("a", 7), ("b", 3));
        var chosen = Choices.Ids(Count).Select(id => Only(strategy.Plan(request with { RunId = id }))).ToList();

        Assert.InRange(Part(chosen, "a"), 0.68, 0.72);
        Assert.Equal(chosen, Choices.Ids(Count).Select(id => Only(other.Plan(request with { RunId = id }))));
    }

    [Fact]
    public void Who_takes_part_says_nothing_of_the_config()
    {
        var request = Request(("a", 1), ("b", 1));
        var strategy = Strategy.Sticky.Create();
        var some = Keys.Where(key => StableHash.Share(key, StableHash.Participation) < 0.25).Select(key => Only(strategy.Plan(request with { Key = key }))).ToList();

        Assert.InRange(Part(some, "a"), 0.46, 0.54);
    }

    [Fact]
    public void A_plan_allocates_nothing()
    {
        var strategy = Strategy.Sticky.Create();
        var request = Request(("a", 1), ("b", 1)) with { Key = "user-1" };
        strategy.Plan(request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 30; run++)
            strategy.Plan(request);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double Part(IReadOnlyCollection<string> chosen, string id) => chosen.Count(config => config == id) / (double)chosen.Count;

    private static StrategySettings Weighing(params (string Id, double Weight)[] weights) =>
        new() { Weights = weights.ToDictionary(weight => weight.Id, weight => weight.Weight) };
}
