using Spearmint.Domain;

namespace Spearmint.Execution;

public sealed class AttemptsTests
{
    private static readonly SinkOptions Options = new()
    {
        Attempts = 5,
        FirstPause = TimeSpan.FromMilliseconds(50),
        LongestPause = TimeSpan.FromSeconds(1),
        Jitter = 0.5,
    };

    [Fact]
    public void Each_pause_is_four_times_the_one_before_up_to_the_longest() =>
        Assert.Equal([50, 200, 800, 1000], Pauses(new Constant(0)));

    [Fact]
    public void Chance_shortens_a_pause_by_its_share_at_most() =>
        Assert.Equal([25, 100, 400, 500], Pauses(new Constant(1)));

    [Fact]
    public void No_number_of_attempts_is_too_high_for_a_pause()
    {
        var attempts = new Attempts(Options with { Attempts = int.MaxValue }, new Constant(0));
        attempts.Begin();
        for (var repeat = 0; repeat < 10_000; repeat++)
            attempts.Repeat();

        Assert.Equal(Options.LongestPause, attempts.Pause());
    }

    [Fact]
    public void They_are_used_up_for_one_batch_and_there_again_for_the_next()
    {
        var attempts = new Attempts(Options with { Attempts = 2 }, new Constant(0));
        attempts.Begin();
        Assert.False(attempts.AreUsedUp);
        attempts.Repeat();
        Assert.True(attempts.AreUsedUp);

        attempts.Begin();
        Assert.False(attempts.AreUsedUp);
        Assert.Equal(1, attempts.Retries);
    }

    [Fact]
    public void One_pause_of_a_batch_may_be_left_out()
    {
        var attempts = new Attempts(Options, new Constant(0));
        attempts.Begin();
        Assert.Equal((true, false), (attempts.TryHurry(), attempts.TryHurry()));

        attempts.Begin();
        Assert.True(attempts.TryHurry());
    }

    private static List<double> Pauses(Random random)
    {
        var attempts = new Attempts(Options, random);
        var pauses = new List<double>();
        for (attempts.Begin(); !attempts.AreUsedUp; attempts.Repeat())
            pauses.Add(attempts.Pause().TotalMilliseconds);
        return pauses;
    }

    private sealed class Constant(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
