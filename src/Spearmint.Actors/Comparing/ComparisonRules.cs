using Spearmint.Domain;

namespace Spearmint.Comparing;

/// <summary>
/// When two branches of an experiment count as equal, what of a difference does not matter, and what of an output is kept. Immutable: every
/// method gives new rules.
/// </summary>
public abstract class ComparisonRules
{
    private protected ComparisonRules()
    {
    }

    /// <summary>The rules that fit every experiment: branches are equal when their outputs are, or what they threw.</summary>
    public static ComparisonRules Equality { get; } = For<object?, object?>();

    /// <summary>The rules of an experiment that are made further by what they give.</summary>
    /// <typeparam name="TInput">The type of the experiment's input.</typeparam>
    /// <typeparam name="TOutput">The type of the experiment's output.</typeparam>
    public static ComparisonRules<TInput, TOutput> For<TInput, TOutput>() => new();

    /// <summary>The config that the others are compared with where all branches are the answer; null for the first.</summary>
    public string? ReferenceConfigId { get; private protected init; }

    /// <summary>Refuses rules for other types than those of an experiment. Rules for a base type fit.</summary>
    /// <exception cref="ArgumentException">The rules are for other types.</exception>
    internal abstract void CheckFits(Type input, Type output);

    /// <summary>What is kept of an output. Whatever it throws is the caller's to catch.</summary>
    internal abstract object? CleanOutput(object? output);

    /// <summary>Compares two branches that have both succeeded or failed. Never throws: what the user's code throws becomes an error.</summary>
    internal abstract ValueTask<Findings> CompareAsync(Branch reference, Branch compared, object? input, CancellationToken cancellationToken);
}
