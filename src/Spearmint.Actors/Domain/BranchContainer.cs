using System.Collections.Immutable;

namespace Spearmint.Domain;

/// <summary>The branches that a run answers with.</summary>
public sealed class BranchContainer : BranchList<Branch>
{
    /// <summary>A container of branches, in the given order.</summary>
    /// <param name="branches">The branches.</param>
    public BranchContainer(IEnumerable<Branch> branches)
        : this([.. branches])
    {
    }

    internal BranchContainer(ImmutableArray<Branch> branches)
        : base(branches)
    {
    }

    /// <summary>A container without branches.</summary>
    public static BranchContainer Empty { get; } = new(ImmutableArray<Branch>.Empty);

    /// <summary>A container with one more branch at its end.</summary>
    /// <param name="branch">The branch to add.</param>
    public BranchContainer Append(Branch branch) => new(Branches.Add(branch));

    /// <summary>The same branches with a typed output.</summary>
    /// <typeparam name="T">The type of the outputs.</typeparam>
    /// <exception cref="InvalidCastException">An output is of another type.</exception>
    public BranchContainer<T> As<T>() => new(this.Select(branch => new Branch<T>(branch)));
}

/// <summary>The branches that a run answers with, their outputs typed.</summary>
/// <typeparam name="T">The type of the outputs.</typeparam>
public sealed class BranchContainer<T> : BranchList<Branch<T>>
{
    /// <summary>A container of branches, in the given order.</summary>
    /// <param name="branches">The branches.</param>
    public BranchContainer(IEnumerable<Branch<T>> branches)
        : base([.. branches])
    {
    }

    /// <summary>A container with one more branch at its end.</summary>
    /// <param name="branch">The branch to add.</param>
    public BranchContainer<T> Append(Branch<T> branch) => new(Branches.Add(branch));
}
