using Spearmint.Sinks;

namespace Spearmint.Host.Api;

/// <summary>A run has failed: the function threw, or its strategy could not plan.</summary>
/// <param name="cause">What was thrown.</param>
/// <param name="primary">The record of the branch that failed; null where none was begun.</param>
internal sealed class RunFailedException(Exception cause, BranchRecord? primary) : Exception(cause.Message, cause)
{
    public BranchRecord? Primary { get; } = primary;
}
