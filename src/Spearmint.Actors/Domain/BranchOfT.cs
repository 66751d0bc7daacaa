namespace Spearmint.Domain;

/// <summary>A branch whose output has a type.</summary>
/// <typeparam name="T">The type of the function's output.</typeparam>
public sealed class Branch<T> : Branch
{
    /// <summary>The typed view of a branch.</summary>
    /// <param name="branch">A branch whose output is null or a <typeparamref name="T"/>.</param>
    /// <exception cref="InvalidCastException">The output is of another type.</exception>
    public Branch(Branch branch)
        : base(branch) => Output = branch.Output is null ? default : (T)branch.Output;

    /// <summary>What the function returned; the default of <typeparamref name="T"/> unless the branch is a success.</summary>
    public new T? Output { get; }
}
