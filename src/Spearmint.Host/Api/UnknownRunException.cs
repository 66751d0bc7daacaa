namespace Spearmint.Host.Api;

/// <summary>There is no record of a run.</summary>
/// <param name="runId">The run.</param>
internal sealed class UnknownRunException(Guid runId)
    : Exception($"There is no record of run {runId}: it has not run here, or its branches are kept no longer.");
