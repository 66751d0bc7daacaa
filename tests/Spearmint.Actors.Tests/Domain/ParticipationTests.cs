namespace Spearmint.Domain;

public sealed class ParticipationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Everybody_takes_part_by_default() => Assert.True(Participation.Everybody.Includes(Noon, key: null, place: Math.BitDecrement(1.0)));

    [Fact]
    public void A_share_takes_part()
    {
        var tenth = new Participation { Share = 0.1 };

        Assert.True(tenth.Includes(Noon, "key", 0.0999));
        Assert.False(tenth.Includes(Noon, "key", 0.1));
        Assert.False((tenth with { Share = 0 }).Includes(Noon, "key", 0));
    }

    [Fact]
    public void An_allowed_key_takes_part_whatever_the_share_and_a_denied_one_never_does()
    {
        var participation = new Participation { Share = 0, AllowedKeys = ["tester"] };

        Assert.True(participation.Includes(Noon, "tester", 0.9));
        Assert.False(participation.Includes(Noon, "Tester", 0.9));
        Assert.False(participation.Includes(Noon, null, 0.9));
        Assert.False(new Participation { DeniedKeys = ["bank"] }.Includes(Noon, "bank", 0));
        Assert.True(new Participation { DeniedKeys = ["bank"] }.Includes(Noon, null, 0));
    }

    [Fact]
    public void Nobody_takes_part_before_the_start_or_from_the_end_on_whatever_their_key()
    {
        var participation = new Participation { StartsAt = Noon, EndsAt = Noon + Hour, AllowedKeys = ["tester"] };

        Assert.False(participation.Includes(Noon - TimeSpan.FromTicks(1), "tester", 0));
        Assert.True(participation.Includes(Noon, "tester", 0));
        Assert.True(participation.Includes(Noon + Hour - TimeSpan.FromTicks(1), "tester", 0));
        Assert.False(participation.Includes(Noon + Hour, "tester", 0));
    }

    [Fact]
    public void Either_end_may_be_open()
    {
        Assert.True(new Participation { StartsAt = Noon }.Includes(DateTimeOffset.MaxValue, null, 0));
        Assert.True(new Participation { EndsAt = Noon }.Includes(DateTimeOffset.MinValue, null, 0));
    }

    [Fact]
    public void The_ramp_is_stepped_up_and_down()
    {
        var share = new Participation { Share = 0 };
        var up = Enumerable.Range(0, 6).Select(_ => (share = share.StepUp()).Share).ToList();
        var down = Enumerable.Range(0, 6).Select(_ => (share = share.StepDown()).Share).ToList();

        Assert.Equal([0.01, 0.05, 0.25, 0.5, 1, 1], up);
        Assert.Equal([0.5, 0.25, 0.05, 0.01, 0, 0], down);
        Assert.Equal([0.01, 0.05, 0.25, 0.5, 1], Participation.Ramp);
    }

    [Fact]
    public void A_share_between_two_steps_goes_to_the_next_one_and_the_rest_stays()
    {
        var participation = new Participation { Share = 0.3, AllowedKeys = ["tester"], EndsAt = Noon };

        Assert.Equal(participation with { Share = 0.5 }, participation.StepUp());
        Assert.Equal(participation with { Share = 0.25 }, participation.StepDown());
    }

    [Fact]
    public void Two_of_the_same_parts_are_equal_whatever_the_order_of_their_keys()
    {
        var one = new Participation { Share = 0.1, AllowedKeys = ["a", "b"], DeniedKeys = ["c"], StartsAt = Noon };
        var same = new Participation { Share = 0.1, AllowedKeys = ["b", "a"], DeniedKeys = ["c"], StartsAt = Noon.ToOffset(Hour) };

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.All(
            [one with { Share = 0.2 }, one with { AllowedKeys = ["a", "x"] }, one with { DeniedKeys = ["d"] }, one with { StartsAt = null }, one with { EndsAt = Noon + Hour }],
            other => Assert.NotEqual(one, other));
    }

    [Fact]
    public void A_key_that_is_allowed_and_denied_is_refused_and_named() => Assert.Contains("'both'", Assert.Throws<ArgumentException>(
        () => new StrategySettings { Participation = new Participation { AllowedKeys = ["a", "both"], DeniedKeys = ["both", "c"] } }).Message);

    [Fact]
    public void An_end_that_is_not_after_the_start_is_refused_with_both()
    {
        var message = Assert.Throws<ArgumentException>(
            () => new StrategySettings { Participation = new Participation { StartsAt = Noon, EndsAt = Noon } }).Message;

        Assert.Contains("EndsAt (2026-03-01 12:00:00Z) must be after StartsAt (2026-03-01 12:00:00Z)", message);
    }

    [Fact]
    public void A_key_moves_from_one_list_to_the_other_and_the_time_moves_on_in_one_change_whatever_its_order()
    {
        var settings = new StrategySettings { Participation = new Participation { AllowedKeys = ["key"], StartsAt = Noon, EndsAt = Noon + Hour } };

        var changed = settings with
        {
            Participation = settings.Participation with { DeniedKeys = ["key"], AllowedKeys = [], StartsAt = Noon + (2 * Hour), EndsAt = Noon + (3 * Hour) },
        };

        Assert.Equal(["key"], changed.Participation.DeniedKeys);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_share_that_is_none_is_refused(double share) =>
        Assert.Contains("from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => new Participation { Share = share }).Message);

    [Fact]
    public void Nothing_in_it_may_be_null()
    {
        Assert.Throws<ArgumentNullException>("AllowedKeys", () => new Participation { AllowedKeys = null! });
        Assert.Throws<ArgumentNullException>("DeniedKeys", () => new Participation { DeniedKeys = null! });
        Assert.Throws<ArgumentNullException>("Participation", () => new StrategySettings { Participation = null! });
    }
}
