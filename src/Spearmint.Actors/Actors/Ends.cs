using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>
/// What is done at the end of a branch by whoever has claimed it, on any thread. The record comes before the answer, so that whoever has the
/// answer and then flushes the log finds the branch in it.
/// </summary>
internal static class Ends
{
    /// <summary>The record of a branch: made before its end is claimed, since the user's code takes part in it.</summary>
    public static BranchFinished Record(Run run, Branch branch) => new(branch, run.Request.RecordOutput ? Recorded.Output(branch, run.Request.Compare) : null);

    /// <summary>Records the end. The claimed branch may be read by everybody from now on.</summary>
    public static void Note(RunBranch work, Branch branch, BranchFinished finished, Surroundings surroundings)
    {
        surroundings.Log.Add(work.Run, finished);
        surroundings.Telemetry.BranchEnded(branch);
        if (work.Span is { } span)
            Spans.EndBranch(span, branch, work.Run.Span);
        if (!branch.Role.IsAwaited() && !work.Run.Compares)
            surroundings.Load.RemoveShadow();
        work.Run.Request.AfterBranch?.Add(branch);
        work.Ended = branch;
    }
}
