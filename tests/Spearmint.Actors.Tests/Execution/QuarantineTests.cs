using FsCheck;
using FsCheck.Fluent;
using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Execution;

public sealed class QuarantineTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly QuarantineSettings Settings = new()
    {
        FailureLimit = 3,
        Window = TimeSpan.FromMinutes(1),
        Pause = 5 * Second,
        LongestPause = 18 * Second,
    };

    private readonly FakeClock _clock = new();
    private readonly Quarantine _quarantine;

    public QuarantineTests() => _quarantine = new Quarantine(_clock);

    [Theory]
    [InlineData(BranchStatus.Failed)]
    [InlineData(BranchStatus.TimedOut)]
    public void A_config_that_fails_as_often_as_the_limit_says_is_quarantined(BranchStatus status)
    {
        Assert.Equal(QuarantineChange.None, Run(status));
        Assert.Equal(QuarantineChange.None, Run(status));
        Assert.False(_quarantine.Refuses(Settings));

        Assert.Equal(QuarantineChange.Quarantined, Run(status));
        Assert.True(_quarantine.IsOn);
        Assert.True(_quarantine.Refuses(Settings));
        Assert.Equal((3, Settings.Pause), (_quarantine.Failures, _quarantine.Pause));
    }

    [Theory]
    [InlineData(BranchStatus.Cancelled)]
    [InlineData(BranchStatus.Skipped)]
    public void What_is_cancelled_or_skipped_counts_neither_way(BranchStatus status)
    {
        Run(BranchStatus.Failed);
        Run(BranchStatus.Failed);
        for (var branch = 0; branch < 100; branch++)
            Assert.Equal(QuarantineChange.None, Run(status));

        Assert.Equal(QuarantineChange.Quarantined, Run(BranchStatus.Failed));
    }

    [Fact]
    public void A_busy_config_with_few_errors_is_not_quarantined()
    {
        for (var branch = 0; branch < 10_000; branch++)
            Assert.Equal(QuarantineChange.None, Run(branch % 100 == 99 ? BranchStatus.Failed : BranchStatus.Success));

    }

    [Fact]
    public void Successes_before_the_first_failure_save_nobody()
    {
        for (var branch = 0; branch < 10_000; branch++)
            Run(BranchStatus.Success);
        Fail(2);

        Assert.Equal(QuarantineChange.Quarantined, Run(BranchStatus.Failed));
    }

    [Fact]
    public void A_share_of_exactly_what_is_set_is_enough()
    {
        Fail(1);
        for (var branch = 0; branch < 3; branch++)
            Run(BranchStatus.Success);
        Fail(1);

        Assert.Equal(QuarantineChange.Quarantined, Run(BranchStatus.Failed));
    }

    [Fact]
    public void Failures_older_than_the_window_do_not_count()
    {
        Fail(2);
        _clock.Advance(Settings.Window);

        Assert.Equal(QuarantineChange.None, Run(BranchStatus.Failed));
    }

    [Fact]
    public void A_healthy_config_never_looks_at_the_clock()
    {
        var clock = new CountingClock(_clock);
        var quarantine = new Quarantine(clock);
        Run(BranchStatus.Success, quarantine);
        Assert.Equal(0, clock.Looks);

        // nor does one whose failures are forgotten
        Run(BranchStatus.Failed, quarantine);
        _clock.Advance(Settings.Window);
        Run(BranchStatus.Success, quarantine);
        var looks = clock.Looks;
        Run(BranchStatus.Success, quarantine);
        Assert.Equal(looks, clock.Looks);
    }

    [Fact]
    public void A_healthy_config_allocates_nothing()
    {
        Run(BranchStatus.Success);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var branch = 0; branch < 1000; branch++)
            Run(BranchStatus.Success);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void After_the_pause_a_single_probe_may_start()
    {
        Fail(3);
        _clock.Advance(Settings.Pause - TimeSpan.FromTicks(1));
        Assert.True(_quarantine.Refuses(Settings));
        Assert.False(_quarantine.Begin(Settings));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(_quarantine.Refuses(Settings));
        Assert.True(_quarantine.Begin(Settings));
        Assert.True(_quarantine.Refuses(Settings));
        Assert.False(_quarantine.Begin(Settings));
    }

    [Fact]
    public void A_probe_that_succeeds_releases_the_config_with_a_clean_record()
    {
        Fail(3);
        Probe(BranchStatus.Failed);

        Assert.Equal(QuarantineChange.Released, Probe(BranchStatus.Success));
        Assert.False(_quarantine.IsOn);
        Assert.False(_quarantine.Refuses(Settings));
        Assert.Equal((0, TimeSpan.Zero), (_quarantine.Failures, _quarantine.Pause));

        Fail(2);
        Assert.False(_quarantine.IsOn);
        Assert.Equal(QuarantineChange.Quarantined, Run(BranchStatus.Failed));
        Assert.Equal(Settings.Pause, _quarantine.Pause);
    }

    [Fact]
    public void Each_probe_that_fails_doubles_the_pause_up_to_the_longest()
    {
        Fail(3);

        foreach (var pause in new[] { 10, 18, 18 })
        {
            Assert.Equal(QuarantineChange.Quarantined, Probe(BranchStatus.TimedOut));
            Assert.Equal((1, pause * Second), (_quarantine.Failures, _quarantine.Pause));
            Assert.True(_quarantine.Refuses(Settings));
        }
    }

    [Fact]
    public void A_first_pause_above_the_longest_stays_as_it_is()
    {
        var settings = Settings with { Pause = 60 * Second };
        Fail(3, settings);
        _clock.Advance(settings.Pause);
        _quarantine.End(settings, _quarantine.Begin(settings), BranchStatus.Failed);

        Assert.Equal(settings.Pause, _quarantine.Pause);
    }

    [Theory]
    [InlineData(BranchStatus.Cancelled)]
    [InlineData(BranchStatus.Skipped)]
    public void A_probe_that_is_cancelled_decides_nothing_and_makes_room_for_another(BranchStatus status)
    {
        Fail(3);

        Assert.Equal(QuarantineChange.None, Probe(status));
        Assert.True(_quarantine.IsOn);
        Assert.Equal(Settings.Pause, _quarantine.Pause);
        Assert.True(_quarantine.Begin(Settings));
    }

    [Theory]
    [InlineData(BranchStatus.Success)]
    [InlineData(BranchStatus.Failed)]
    public void While_a_config_is_quarantined_branches_other_than_the_probe_decide_nothing(BranchStatus status)
    {
        Fail(3);
        for (var branch = 0; branch < 10; branch++)
            Assert.Equal(QuarantineChange.None, Run(status));

        _clock.Advance(Settings.Pause);
        Assert.True(_quarantine.Begin(Settings));
        Assert.Equal(QuarantineChange.None, Run(status));
        Assert.True(_quarantine.IsOn);
        Assert.Equal((3, Settings.Pause), (_quarantine.Failures, _quarantine.Pause));
        Assert.True(_quarantine.Refuses(Settings));
    }

    [Fact]
    public void Switched_off_it_refuses_nothing_whatever_fails()
    {
        var off = Settings with { IsOn = false };
        for (var branch = 0; branch < 10; branch++)
            Assert.Equal(QuarantineChange.None, _quarantine.End(off, isProbe: false, BranchStatus.Failed));

        Assert.False(_quarantine.Refuses(off));
        Assert.Equal(QuarantineChange.None, Run(BranchStatus.Failed));
    }

    [Fact]
    public void Switching_it_off_lifts_the_quarantine_at_the_next_question()
    {
        Fail(3);

        Assert.False(_quarantine.Refuses(QuarantineSettings.Off));
        Assert.False(_quarantine.IsOn);
        Assert.False(_quarantine.Refuses(Settings));
    }

    [Fact]
    public void Switching_it_off_lifts_the_quarantine_at_the_next_end_of_a_branch()
    {
        Fail(3);

        Assert.Equal(QuarantineChange.None, _quarantine.End(QuarantineSettings.Off, isProbe: false, BranchStatus.Failed));
        Assert.False(_quarantine.IsOn);
    }

    [Fact]
    public void After_the_limit_only_what_was_in_flight_still_reaches_the_config()
    {
        const int inFlight = 20;
        var started = 0;
        for (; started < inFlight; started++)
            _quarantine.Begin(Settings);

        // each end makes room for one more
        for (var ended = 0; ended < started; ended++)
        {
            _quarantine.End(Settings, isProbe: false, BranchStatus.Failed);
            if (_quarantine.Refuses(Settings))
                continue;

            Assert.False(_quarantine.Begin(Settings));
            started++;
        }

        Assert.Equal(inFlight + Settings.FailureLimit - 1, started);
    }

    [Fact]
    public void Whatever_happens_there_is_at_most_one_probe() =>
        Prop.ForAll(Steps(0, 11), steps =>
        {
            var quarantine = new Quarantine(_clock);
            var inFlight = new Queue<bool>();
            var settings = Settings;
            foreach (var step in steps)
            {
                if (step < 4)
                    inFlight.Enqueue(quarantine.Begin(settings));
                else if (step < 10 && inFlight.TryDequeue(out var isProbe))
                    quarantine.End(settings, isProbe, step < 7 ? BranchStatus.Failed : (BranchStatus)(step - 6));
                else if (step == 10)
                    _clock.Advance(10 * Second);
                else if (step == 11)
                    settings = settings with { IsOn = !settings.IsOn };

                if (inFlight.Count(isProbe => isProbe) > 1)
                    return false;
            }

            return true;
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Once_a_failing_config_has_reached_the_limit_within_the_window_only_probes_start() =>
        Prop.ForAll(Steps(-8, 15), steps =>
        {
            var quarantine = new Quarantine(_clock);
            var inFlight = new Queue<bool>();
            var failures = new List<DateTimeOffset>();
            var isBad = false;
            foreach (var step in steps)
            {
                if (step > 0)
                    _clock.Advance(step * Second);
                else if (step > -5 && !quarantine.Refuses(Settings))
                {
                    inFlight.Enqueue(quarantine.Begin(Settings));
                    if (isBad && !inFlight.Last())
                        return false;
                }
                else if (inFlight.TryDequeue(out var isProbe))
                {
                    quarantine.End(Settings, isProbe, BranchStatus.Failed);
                    failures.Add(_clock.GetUtcNow());
                    isBad |= failures.Zip(failures.Skip(Settings.FailureLimit - 1)).Any(pair => pair.Second - pair.First < Settings.Window);
                }
            }

            return true;
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static Arbitrary<int[]> Steps(int from, int to) => Gen.Choose(from, to).ListOf(80).Select(list => list.ToArray()).ToArbitrary();

    private void Fail(int times, QuarantineSettings? settings = null)
    {
        for (var branch = 0; branch < times; branch++)
            Run(BranchStatus.Failed, settings: settings);
    }

    private QuarantineChange Run(BranchStatus status, Quarantine? quarantine = null, QuarantineSettings? settings = null)
    {
        quarantine ??= _quarantine;
        settings ??= Settings;
        quarantine.Refuses(settings);
        return quarantine.End(settings, quarantine.Begin(settings), status);
    }

    private QuarantineChange Probe(BranchStatus status)
    {
        _clock.Advance(_quarantine.Pause);
        Assert.True(_quarantine.Begin(Settings));
        return _quarantine.End(Settings, isProbe: true, status);
    }
}
