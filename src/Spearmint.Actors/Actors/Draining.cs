using Akka.Actor;
using Akka.Event;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Ends all work: the branches first, then the sinks, so that they get every end. One line in the log says what became of it all.</summary>
internal static class Draining
{
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(3);

    // what an answer may take: the functions that are to end keep all cores busy
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    /// <summary>What a drain may take beyond the time that branches are given.</summary>
    public static TimeSpan Margin { get; } = FlushTime + (4 * Bound);

    public static async Task<Drained> RunAsync(
        KeyValuePair<string, IActorRef>[] supervisors, IActorRef log, TimeSpan timeout, Surroundings surroundings, ILoggingAdapter logger)
    {
        var clock = surroundings.Clock;
        var start = clock.GetTimestamp();
        var cutShort = await Task.WhenAll(supervisors.Select(supervisor => CutShortAsync(supervisor.Value, timeout)));

        await FlushHooksAsync(surroundings, timeout - clock.GetElapsedTime(start));

        // before the flush: what is counted here has been written, or dropped and counted, when the sinks are asked
        var accounts = await Task.WhenAll(supervisors
            .Where((_, index) => cutShort[index] is not null)
            .Select(supervisor => supervisor.Value.Ask<StrategyAccount>(GetAccount.Instance, Bound)));
        var flushed = await log.Ask<SinksFlushed>(new FlushSinks(FlushTime), FlushTime + Bound);
        var sinks = await log.Ask<SinkStatusList>(GetSinkStatus.Instance, Bound);

        var drained = new Drained(cutShort.Sum(branches => branches ?? 0), flushed.Unfinished)
        {
            UnfinishedStrategies = [.. supervisors.Where((_, index) => cutShort[index] is null).Select(supervisor => supervisor.Key)],
        };
        logger.Info("{0}", DrainSummary.Text(clock.GetElapsedTime(start), drained, accounts, sinks.Sinks));
        return drained;
    }

    // hooks get what the branches have left of the time, and what they throw is for the sinks
    private static async Task FlushHooksAsync(Surroundings surroundings, TimeSpan left)
    {
        if (surroundings.BranchHooks.IsEmpty)
            return;

        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, surroundings.Clock);
        await Task.WhenAll(surroundings.BranchHooks.Select(hook => hook.FlushAsync(limit.Token))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // null where the supervisor does not answer: a strategy that hangs is the user's code, and the others have ends to write
    private static async Task<int?> CutShortAsync(IActorRef supervisor, TimeSpan timeout)
    {
        try
        {
            return (await supervisor.Ask<Drained>(new Drain(timeout), timeout + Bound)).CutShort;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
