namespace Spearmint.Domain;

/// <summary>The branch whose function asked for a run, as the branches of that run name it.</summary>
internal class ParentBranch(Guid runId, Guid branchId)
{
    public Guid RunId { get; } = runId;

    public Guid BranchId { get; } = branchId;
}
