using Spearmint.Domain;
using Spearmint.Host.Api.Dto;
using Spearmint.Sinks;

namespace Spearmint.Host.Api.Runs;

/// <summary>The answer to a run, as the records have it.</summary>
internal static class StoredAnswer
{
    /// <summary>The answer; null where there is no record of the run.</summary>
    /// <exception cref="RunFailedException">The run has failed.</exception>
    /// <exception cref="RefusedException">It was begun and never ended.</exception>
    public static RunAnswerDto? Of(IReadOnlyList<BranchRecord> run)
    {
        if (run.Count == 0)
            return null;

        var awaited = run.Where(branch => branch.Role.IsAwaited()).ToList();
        if (awaited.Count == 0 || awaited.Exists(branch => branch.Status == BranchStatus.Pending))
            throw new RefusedException(409, "Cut short", $"Run {run[0].RunId} was begun and has no end in the records: the service was ended in the middle of it. Use a new Idempotency-Key to run it again.");

        var primary = awaited.Find(branch => branch.Role == BranchRole.Primary);
        if (primary is { Status: not BranchStatus.Success })
            throw new RunFailedException(primary.RunId, CauseOf(primary), primary);

        return new RunAnswerDto(run[0].RunId, run[0].Experiment, run[0].Strategy, primary?.Output, [.. awaited.Select(branch => BranchDto.From(branch) with { Comparison = null })]);
    }

    private static Exception CauseOf(BranchRecord branch) => branch.Status == BranchStatus.TimedOut
        ? new BranchTimedOutException(branch.Experiment, branch.ConfigId, branch.Duration ?? TimeSpan.Zero)
        : new InvalidOperationException(branch.Error?.Message);
}
