using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>What the log keeps of a branch that has ended.</summary>
internal static class Records
{
    public static BranchFinished Finished(Run run, Branch branch) => new(branch, run.Request.RecordOutput ? RecordedOutput.Of(branch) : null);
}
