using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Api;

/// <summary>A run has failed: the function threw or took too long, or its strategy could not plan.</summary>
/// <param name="runId">The run.</param>
/// <param name="cause">What was thrown.</param>
/// <param name="branch">The record of the branch that it came from; null where none was begun, or it is not kept any more.</param>
internal sealed class RunFailedException(Guid runId, Exception cause, BranchRecord? branch) : Exception(cause.Message, cause)
{
    public Guid RunId { get; } = runId;

    public BranchRecord? Branch { get; } = branch;

    /// <summary>The cause, where it is the deadline of this run. A function may throw what a run of its own has thrown: that is a failure like any other.</summary>
    public BranchTimedOutException? TimedOut { get; } =
        cause is BranchTimedOutException timedOut && branch is null or { Status: BranchStatus.TimedOut } ? timedOut : null;
}
