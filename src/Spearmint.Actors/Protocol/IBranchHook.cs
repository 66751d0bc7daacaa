using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>Gets the branches of an experiment when they have ended or were skipped. Safe from any thread.</summary>
internal interface IBranchHook
{
    /// <summary>Leaves a branch to be passed on. Neither waits nor throws.</summary>
    void Add(Branch branch);

    /// <summary>Waits until what was added so far has been passed on.</summary>
    Task FlushAsync(CancellationToken limit);
}
