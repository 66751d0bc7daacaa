using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Actors;

public sealed class DrainSummaryTests
{
    [Fact]
    public void All_strategies_are_added_up_and_each_sink_is_named()
    {
        var text = DrainSummary.Text(
            TimeSpan.FromSeconds(0.42), new Drained(CutShort: 6, []),
            [
                Account("rank", 100, 2, new BranchCounts(Started: 200, Success: 190, Failed: 4, TimedOut: 1, Cancelled: 5, InFlight: 0, Late: 3, Abandoned: 2), skipped: 2),
                Account("greet", 20, 1, new BranchCounts(Started: 40, Success: 39, Failed: 0, TimedOut: 0, Cancelled: 1, InFlight: 0, Late: 0, Abandoned: 0), skipped: 0),
            ],
            [Sink("memory", written: 482, dropped: 0, queued: 0), Sink("log", written: 400, dropped: 80, queued: 2)]);

        Assert.Equal(
            "Drained in 0.42 s: 120 runs answered, 3 refused; 240 branches started = 229 success + 4 failed + 1 timed out + 6 cancelled (6 cut short); "
                + "2 shadows skipped; 3 functions ended late, 2 go on; sink memory: 482 written, 0 dropped, 0 left; sink log: 400 written, 80 dropped, 2 left",
            text);
    }

    [Fact]
    public void Without_any_work_and_any_sink_there_is_nothing_but_zeros() => Assert.Equal(
        "Drained in 0.00 s: 0 runs answered, 0 refused; 0 branches started = 0 success + 0 failed + 0 timed out + 0 cancelled (0 cut short); "
            + "0 shadows skipped; 0 functions ended late, 0 go on",
        DrainSummary.Text(TimeSpan.Zero, new Drained(0, []), [], []));

    [Fact]
    public void A_strategy_that_did_not_answer_is_named() => Assert.EndsWith(
        "; strategy rank: no answer",
        DrainSummary.Text(TimeSpan.Zero, new Drained(0, []) { UnfinishedStrategies = ["rank"] }, [], []), StringComparison.Ordinal);

    private static StrategyAccount Account(string name, long answered, long rejected, BranchCounts branches, long skipped) => new(
        name, SettingsVersion: 1, Offered: answered + rejected, answered, new Dictionary<string, long> { [RejectReasons.Overloaded] = rejected }, InFlight: 0,
        QueuedShadows: 0,
        [new ConfigAccount("c", branches, new ShadowCounts(skipped, 0, new Dictionary<string, long> { [SkipReasons.Paused] = skipped }, 0), ComparisonCounts.Zero, IsQuarantined: false)]);

    private static SinkStatus Sink(string name, long written, long dropped, int queued) => new(
        name, written, new Dictionary<string, long> { [DropReasons.QueueFull] = dropped }, queued, Retries: 0, LastError: null);
}
