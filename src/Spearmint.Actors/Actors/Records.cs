using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>What the log hears of a branch.</summary>
internal static class Records
{
    public static void AddStarted(LogInbox log, Run run, BranchIdentity identity) => log.Add(run, new BranchStarted(identity));

    public static void AddFinished(LogInbox log, Run run, Branch branch) =>
        log.Add(run, new BranchFinished(branch, run.Request.RecordOutput ? RecordedOutput.Of(branch) : null));
}
