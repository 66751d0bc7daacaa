using Spearmint.Chaos.Sinks;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Chaos;

/// <summary>Looks at the account: its laws hold at every moment, and at the end it says what the callers and the sinks say.</summary>
internal sealed class AccountCheck(SpearmintClient client, IReadOnlyList<Subject> subjects, Findings findings)
{
    private Account _before = new([]);

    public long Looks { get; private set; }

    public async Task WatchAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await LookAsync();
            await Task.Delay(100, CancellationToken.None);
        }
    }

    public async Task<Account> LookAsync()
    {
        var ended = subjects.ToDictionary(subject => subject.Name, subject => subject.Ended);
        var account = await client.GetAccountAsync();
        foreach (var strategy in account.Strategies)
        {
            CheckLaws(strategy);
            foreach (var before in _before.Strategies.Where(before => before.Name == strategy.Name))
                CheckGrowth(before, strategy);
        }

        foreach (var subject in subjects)
            CheckCalls(subject, account[subject.Name], ended[subject.Name]);
        _before = account;
        Looks++;
        return account;
    }

    /// <summary>Compares the last account with what the callers have done and the sink was told.</summary>
    public void CheckEnd(Account account, TallySink sink)
    {
        foreach (var subject in subjects)
        {
            var strategy = account[subject.Name];
            var branches = strategy.Branches;
            var tally = sink[subject.Name];
            Same(subject, "runs offered", strategy.Offered, subject.Made);
            Same(subject, "runs in flight", strategy.InFlight, 0);
            Same(subject, "shadows queued", strategy.QueuedShadows, 0);
            Same(subject, "branches in flight", branches.InFlight, 0);
            Same(subject, "branches started", branches.Started, tally.Started);
            Same(subject, "branches that succeeded", branches.Success, tally.Finished(BranchStatus.Success));
            Same(subject, "branches that failed", branches.Failed, tally.Finished(BranchStatus.Failed));
            Same(subject, "branches that timed out", branches.TimedOut, tally.Finished(BranchStatus.TimedOut));
            Same(subject, "branches that were cancelled", branches.Cancelled, tally.Finished(BranchStatus.Cancelled));
            Same(subject, "late functions", branches.Late, tally.Late);
            CheckComparisons(subject, strategy, tally);
            foreach (var reason in strategy.Shadows.SkippedBy.Keys.Union(tally.SkippedBy.Keys))
                Same(subject, $"shadows skipped as {reason}", strategy.Shadows.SkippedBy.GetValueOrDefault(reason), tally.SkippedBy.GetValueOrDefault(reason));
            if (subject.FixedLimits is { } limits)
                findings.Expect(tally.MostShadows <= limits.MaxConcurrentShadows, "more shadows at once than allowed", () => $"{tally.MostShadows} of {subject.Name}");
        }

        findings.Expect(sink.MostShadows <= Subjects.MostShadows, "more shadows at once than allowed over all", () => $"{sink.MostShadows}");
    }

    private void CheckComparisons(Subject subject, StrategyAccount strategy, Tally tally)
    {
        var comparisons = strategy.Comparisons;
        Same(subject, "comparisons in flight", comparisons.InFlight, 0);
        Same(subject, "matches", comparisons.Match, tally.Compared(ComparisonVerdict.Match));
        Same(subject, "mismatches", comparisons.Mismatch, tally.Compared(ComparisonVerdict.Mismatch));
        Same(subject, "ignored mismatches", comparisons.Ignored, tally.Compared(ComparisonVerdict.Ignored));
        Same(subject, "comparers that failed", comparisons.Error, tally.Compared(ComparisonVerdict.Error));
        if (subject.HasShadows)
            Same(subject, "pairs to compare", comparisons.Eligible, subject.Compares ? strategy.Shadows.Started : 0);
    }

    private void CheckLaws(StrategyAccount strategy)
    {
        findings.Expect(strategy.Offered == strategy.Answered + strategy.Rejected + strategy.InFlight && strategy.InFlight >= 0,
            "runs do not add up", () => $"{strategy}");
        foreach (var config in strategy.Configs)
        {
            var branches = config.Branches;
            findings.Expect(
                branches.Started == branches.Success + branches.Failed + branches.TimedOut + branches.Cancelled + branches.InFlight
                    && branches.InFlight >= 0 && branches.Abandoned >= 0,
                "branches do not add up", () => $"{strategy.Name} {config}");
            findings.Expect(config.Shadows.Eligible == config.Shadows.NotSampled + config.Shadows.Skipped + config.Shadows.Started,
                "shadows do not add up", () => $"{strategy.Name} {config}");
        }
    }

    private void CheckGrowth(StrategyAccount before, StrategyAccount after) => findings.Expect(
        after.Offered >= before.Offered && after.Answered >= before.Answered && after.Rejected >= before.Rejected
            && after.Branches.Started >= before.Branches.Started && after.Branches.Late >= before.Branches.Late,
        "the account has gone back", () => $"{before} to {after}");

    private void CheckCalls(Subject subject, StrategyAccount strategy, long ended)
    {
        findings.Expect(strategy.Offered <= subject.Made, "more runs offered than calls made", () => $"{strategy}, {subject.Made} made");
        findings.Expect(strategy.Answered + strategy.Rejected >= ended, "an answer that the account does not know", () => $"{strategy}, {ended} ended");
        if (subject.FixedLimits is { } limits)
            findings.Expect(strategy.InFlight <= limits.MaxConcurrentRuns && strategy.QueuedShadows <= limits.ShadowQueueLimit, "above a limit", () => $"{strategy}");
    }

    private void Same(Subject subject, string what, long account, long seen) =>
        findings.Expect(account == seen, $"{what} of {subject.Name}", () => $"the account says {account}, and {seen} were seen");
}
