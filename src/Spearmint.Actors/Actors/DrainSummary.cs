using System.Globalization;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>The last line of the log, for people and for programs.</summary>
internal static class DrainSummary
{
    /// <summary>
    /// What became of everything. Every branch that started is in the sum, and each sink was given a start and an end for it, an end for each
    /// skipped shadow, one more event for each function that ended late, and what was said of configs in quarantine.
    /// </summary>
    public static string Text(TimeSpan took, Drained drained, IReadOnlyList<StrategyAccount> strategies, IReadOnlyList<SinkStatus> sinks)
    {
        var branches = strategies.Aggregate(BranchCounts.Zero, (sum, strategy) => sum + strategy.Branches);
        return string.Join("; ",
        [
            $"Drained in {took.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s: "
                + $"{strategies.Sum(strategy => strategy.Answered)} runs answered, {strategies.Sum(strategy => strategy.Rejected)} refused",
            $"{branches.Started} branches started = {branches.Success} success + {branches.Failed} failed + {branches.TimedOut} timed out"
                + $" + {branches.Cancelled} cancelled ({drained.CutShort} cut short)",
            $"{strategies.Sum(strategy => strategy.Shadows.Skipped)} shadows skipped",
            $"{branches.Late} functions ended late, {branches.Abandoned} go on",
            .. sinks.Select(sink => $"sink {sink.Name}: {sink.Written} written, {sink.Dropped} dropped, {sink.Queued} left"),
            .. drained.UnfinishedStrategies.Select(name => $"strategy {name}: no answer"),
        ]);
    }
}
