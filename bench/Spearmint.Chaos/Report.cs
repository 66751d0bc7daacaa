using Spearmint.Protocol;

namespace Spearmint.Chaos;

/// <summary>What came of it.</summary>
internal sealed record Report(
    ChaosOptions Options, IReadOnlyList<Subject> Subjects, Account Account, IReadOnlyList<SinkStatus> Sinks, MemoryCheck Middle, MemoryCheck End,
    int Killed, long Changes, long Looks, int NeverEnding, IReadOnlyList<string> Findings)
{
    public bool IsClean => Findings.Count == 0;

    public void Write(TextWriter output)
    {
        output.WriteLine($"seed {Options.Seed}, {Options.Time}, {Options.Callers} callers; {Killed} workers killed, {Changes} changes of settings, {Looks} looks at the account, {NeverEnding} functions without end");
        output.WriteLine();
        output.WriteLine("| strategy | offered | answered | rejected | branches | success | failed | timed out | cancelled | skipped | not sampled | late | abandoned | compared | slowest ms | latest ms |");
        output.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var subject in Subjects)
            output.WriteLine(Row(subject, Account[subject.Name]));
        output.WriteLine();
        output.WriteLine("slowest: the longest wait for an answer; latest: how long after its deadline, or after the caller's cancellation, the latest answer came");
        output.WriteLine();
        output.WriteLine("| sink | written | dropped | queued | retries | last error |");
        output.WriteLine("|---|--:|--:|--:|--:|---|");
        foreach (var sink in Sinks)
            output.WriteLine($"| {sink.Name} | {sink.Written} | {sink.Dropped} | {sink.Queued} | {sink.Retries} | {sink.LastError} |");
        output.WriteLine();
        output.WriteLine($"memory: {Middle} in the middle, {End} at the end");
        output.WriteLine();
        output.WriteLine(IsClean ? "clean" : $"{Findings.Count} kinds of things are wrong:");
        foreach (var finding in Findings)
            output.WriteLine($"- {finding}");
    }

    private static string Row(Subject subject, StrategyAccount account)
    {
        var branches = account.Branches;
        return $"| {subject.Name} | {account.Offered} | {account.Answered} | {account.Rejected} | {branches.Started} | {branches.Success} | {branches.Failed} "
            + $"| {branches.TimedOut} | {branches.Cancelled} | {account.Shadows.Skipped} | {account.Shadows.NotSampled} | {branches.Late} | {branches.Abandoned} | {account.Comparisons.Eligible} "
            + $"| {subject.WorstLatency.TotalMilliseconds:0} | {subject.WorstLateness.TotalMilliseconds:0} |";
    }
}
