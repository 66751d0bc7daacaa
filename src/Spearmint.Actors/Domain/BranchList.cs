using System.Collections;
using System.Collections.Immutable;

namespace Spearmint.Domain;

/// <summary>Branches of one run in the order of their configs, whatever the order in which they ended.</summary>
/// <typeparam name="TBranch">The type of the branches.</typeparam>
public abstract class BranchList<TBranch> : IReadOnlyList<TBranch>
    where TBranch : Branch
{
    private protected BranchList(ImmutableArray<TBranch> branches) => Branches = branches;

    /// <summary>How many branches there are.</summary>
    public int Count => Branches.Length;

    /// <summary>The branches that ended with an output.</summary>
    public IReadOnlyList<TBranch> Successful => Branches.RemoveAll(branch => branch.Status != BranchStatus.Success);

    /// <summary>The branches that ran and ended without an output: failed, timed out or cancelled.</summary>
    public IReadOnlyList<TBranch> Failed =>
        Branches.RemoveAll(branch => branch.Status is not (BranchStatus.Failed or BranchStatus.TimedOut or BranchStatus.Cancelled));

    private protected ImmutableArray<TBranch> Branches { get; }

    /// <summary>The branch at a place in config order.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public TBranch this[int index] => Branches[index];

    /// <summary>The branch that ran a config, or null when there is none.</summary>
    /// <param name="id">The config's id.</param>
    public TBranch? ByConfigId(string id) => Branches.FirstOrDefault(branch => branch.Config.Id == id);

    /// <inheritdoc />
    public IEnumerator<TBranch> GetEnumerator() => Branches.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
