namespace Spearmint.Host.Api;

/// <summary>There is no record of a run.</summary>
/// <param name="runId">The run.</param>
/// <param name="kept">How many branches are kept.</param>
internal sealed class UnknownRunException(Guid runId, int kept)
    : Exception($"There is no record of run {runId}. Only the latest {kept} branches are kept (Spearmint:RecordedBranches), and none from before the start.");
