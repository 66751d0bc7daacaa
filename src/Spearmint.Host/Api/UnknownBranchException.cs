namespace Spearmint.Host.Api;

/// <summary>There is no record of a branch.</summary>
/// <param name="branchId">The branch.</param>
internal sealed class UnknownBranchException(Guid branchId)
    : Exception($"There is no record of branch {branchId}: it has not run here, or it is kept no longer.");
