using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Execution;

public sealed class LatestFailuresTests
{
    private static readonly QuarantineSettings Settings = new() { FailureLimit = 3, FailureShare = 0.5, Window = TimeSpan.FromMinutes(1) };

    private readonly FakeClock _clock = new();
    private readonly LatestFailures _failures;

    public LatestFailuresTests() => _failures = new LatestFailures(_clock);

    [Fact]
    public void The_limit_in_the_window_is_too_many()
    {
        Assert.Equal([false, false, true], Fail(3));
    }

    [Fact]
    public void A_failure_counts_until_it_is_as_old_as_the_window()
    {
        Fail(2);
        _clock.Advance(Settings.Window - TimeSpan.FromTicks(1));
        Assert.Equal([true], Fail(1));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([false, true], Fail(2));
    }

    [Fact]
    public void The_share_is_that_of_the_latest_failures_so_that_a_config_that_turns_bad_is_noticed_soon()
    {
        // one error in a hundred for a long time
        for (var failure = 0; failure < 50; failure++)
        {
            Succeed(99);
            Assert.Equal([false], Fail(1));
        }

        // then nothing but errors
        Assert.Equal([false, true], Fail(2));
    }

    [Fact]
    public void A_share_of_exactly_what_is_set_is_enough_and_one_less_is_not()
    {
        Fail(1);
        Succeed(3);
        Assert.Equal([false, true], Fail(2));

        Succeed(3);
        Fail(1);
        Succeed(1);
        Assert.Equal([false], Fail(1));
    }

    [Fact]
    public void A_limit_that_changes_holds_from_the_next_failure_on()
    {
        Fail(2);

        Assert.True(_failures.AddFailure(Settings with { FailureLimit = 2 }));
        Assert.False(_failures.AddFailure(Settings with { FailureLimit = 9 }));
        Assert.True(_failures.AddFailure(Settings with { FailureLimit = 1 }));
        Assert.Equal(1, _failures.Count);
    }

    private bool[] Fail(int times) => [.. Enumerable.Range(0, times).Select(_ => _failures.AddFailure(Settings))];

    private void Succeed(int times)
    {
        for (var success = 0; success < times; success++)
            _failures.AddSuccess();
    }
}
