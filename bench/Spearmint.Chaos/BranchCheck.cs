using Spearmint.Domain;

namespace Spearmint.Chaos;

/// <summary>Compares branches with what the function was told to do.</summary>
internal static class BranchCheck
{
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    /// <summary>Whether a branch is what its job makes of it.</summary>
    public static bool Fits(Call call, Branch branch, object? output) => branch.Status switch
    {
        BranchStatus.Success => Returns(call.Job, branch.Config.Id, output) && Reports(call.Job, branch),
        BranchStatus.Failed => branch.Exception is BranchWorkerDiedException || Throws(call.Job, branch),
        BranchStatus.TimedOut => branch.Exception is BranchTimedOutException timedOut && timedOut.ConfigId == branch.Config.Id
            && (branch.Role != BranchRole.Shadow || branch.Duration + Rounding >= timedOut.Deadline),
        BranchStatus.Cancelled => branch.Role != BranchRole.Shadow && branch.Exception is OperationCanceledException && call.Token.IsCancellationRequested,
        BranchStatus.Skipped => branch.Role == BranchRole.Shadow && branch.SkipReason is not (null or SkipReasons.ShuttingDown),
        _ => false,
    };

    /// <summary>Whether the function may have returned this with a config.</summary>
    public static bool Returns(Job job, string configId, object? output)
    {
        var act = job.ActOf(configId);
        if (!act.MaySucceed)
            return false;
        if (act.Behaviour == Behaviour.ReturnsNull)
            return output is null;

        return output is Reply reply && reply.Number == job.Number && reply.Config == configId
            && (act.Behaviour == Behaviour.ReturnsMuch ? IsMuch(reply.Much, job) : reply.Much is null);
    }

    private static bool IsMuch(string? much, Job job) =>
        much?.Length == Reply.MuchLength + 16 && much.EndsWith(job.Number.ToString("x16", null), StringComparison.Ordinal);

    private static bool Throws(Job job, Branch branch) =>
        branch.Exception is { } exception && ReferenceEquals(exception, job.ThrownWith(branch.Config.Id)) && branch.Error?.Message == exception.Message;

    private static bool Reports(Job job, Branch branch) =>
        job.ActOf(branch.Config.Id).Behaviour != Behaviour.Reports || (branch.Metrics.TryGetValue("number", out var number) && number == job.Number);
}
