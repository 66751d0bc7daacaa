using static Spearmint.Support.Choices;

namespace Spearmint.Strategies;

public sealed class PickStrategyTests
{
    public static TheoryData<double[], string> WrongWeights => new()
    {
        { [], "at least one" },
        { [1, -1], "-1" },
        { [1, double.NaN], "NaN" },
        { [1, double.PositiveInfinity], "Infinity" },
        { [0, 0], "sum above 0" },
        { [double.MaxValue, double.MaxValue], "finite sum" },
    };

    [Fact]
    public void Each_strategy_is_picked_as_often_as_its_weight_says()
    {
        var counts = Count(Strategy.Pick((7, A), (2, B), (1, C)));

        Assert.InRange(counts["a"], Runs * 0.69, Runs * 0.71);
        Assert.InRange(counts["b"], Runs * 0.19, Runs * 0.21);
        Assert.InRange(counts["c"], Runs * 0.09, Runs * 0.11);
    }

    [Fact]
    public void A_strategy_without_weight_is_never_picked()
    {
        Assert.Equal(Runs, Count(Strategy.Pick((0, A), (0.1, B), (0, C)))["b"]);
        Assert.Equal(0, Count(Strategy.Pick((1, A), (0, B), (1, C)))["b"]);
    }

    [Fact]
    public void The_last_of_many_small_weights_is_the_end_whatever_is_lost_in_rounding()
    {
        var weights = Weights.Of([.. Enumerable.Repeat((0.1, "x"), 1000)]);

        Assert.Equal(999, weights.Place(Math.BitDecrement(1.0)));
        Assert.Equal(0, weights.Place(0));
    }

    [Fact]
    public void A_run_is_decided_alike_by_every_instance()
    {
        var pick = Strategy.Pick((1, A), (1, B));
        var (one, other) = (pick.Create(), pick.Create());

        Assert.All(Ids(1000), id => Assert.Equal(Chosen(one, id), Chosen(other, id)));
    }

    [Fact]
    public void A_pick_within_a_pick_divides_what_it_gets()
    {
        var counts = Count(Strategy.Pick((1, Strategy.Pick((1, A), (1, B))), (1, C)));

        Assert.InRange(counts["a"], Runs * 0.24, Runs * 0.26);
        Assert.InRange(counts["b"], Runs * 0.24, Runs * 0.26);
    }

    [Fact]
    public void Each_choice_of_each_instance_has_a_state_of_its_own()
    {
        var made = new List<IStrategy>();
        var rotation = new Strategy("rotation", () =>
        {
            made.Add(new RoundRobinStrategy());
            return made[^1];
        });

        var pick = Strategy.Pick((1, rotation), (1, rotation));
        Assert.All([pick.Create(), pick.Create()], instance => Assert.Equal("a", Chosen(instance, Guid.Empty)));

        Assert.Equal(4, made.Count);
    }

    [Theory]
    [MemberData(nameof(WrongWeights))]
    public void Wrong_weights_are_refused_at_once(double[] weights, string reason)
    {
        (double, Strategy)[] choices = [.. weights.Select(weight => (weight, A))];
        (double, IStrategy)[] instances = [.. weights.Select(weight => (weight, A.Create()))];

        Assert.Contains(reason, Assert.Throws<ArgumentException>(nameof(choices), () => Strategy.Pick(choices)).Message);
        Assert.Contains(reason, Assert.Throws<ArgumentException>(nameof(choices), () => new PickStrategy(instances)).Message);
    }

    [Fact]
    public void A_choice_without_a_strategy_is_refused_with_its_place() =>
        Assert.Contains("place 1", Assert.Throws<ArgumentException>("choices", () => Strategy.Pick((1, A), (1, null!))).Message);
}
