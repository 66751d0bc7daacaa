using Spearmint.Domain;

namespace Spearmint.Comparing;

/// <summary>The rules of an experiment with an input and an output of these types.</summary>
/// <typeparam name="TInput">The type of the experiment's input.</typeparam>
/// <typeparam name="TOutput">The type of the experiment's output.</typeparam>
/// <remarks>
/// The functions given here run after the caller has been answered. What one of them throws makes the verdict
/// <see cref="ComparisonVerdict.Error"/>.
/// </remarks>
public sealed class ComparisonRules<TInput, TOutput> : ComparisonRules
{
    private readonly BranchComparer<TInput, TOutput> _comparer;

    internal ComparisonRules()
        : this(new BranchComparer<TInput, TOutput>(), referenceConfigId: null)
    {
    }

    private ComparisonRules(BranchComparer<TInput, TOutput> comparer, string? referenceConfigId)
    {
        _comparer = comparer;
        ReferenceConfigId = referenceConfigId;
    }

    /// <summary>Outputs are equal when a comparer says so. The last of the methods that say so counts.</summary>
    /// <param name="comparer">Gets the reference's output first.</param>
    public ComparisonRules<TInput, TOutput> CompareWith(IEqualityComparer<TOutput> comparer)
    {
        ArgumentNullException.ThrowIfNull(comparer);
        return CompareWith(comparer.Equals);
    }

    /// <summary>Outputs are equal when a function says so.</summary>
    /// <param name="same">Gets the reference's output and the compared one.</param>
    public ComparisonRules<TInput, TOutput> CompareWith(Func<TOutput, TOutput, bool> same)
    {
        ArgumentNullException.ThrowIfNull(same);
        return Comparing((reference, compared, _) => new ValueTask<bool>(same(reference, compared)), tolerance: null);
    }

    /// <summary>Outputs are equal when an asynchronous function says so, such as one that asks a service.</summary>
    /// <param name="same">Gets the reference's output, the compared one, and a token that is cancelled when the comparison takes too long.</param>
    public ComparisonRules<TInput, TOutput> CompareWith(Func<TOutput, TOutput, CancellationToken, Task<bool>> same)
    {
        ArgumentNullException.ThrowIfNull(same);
        return Comparing((reference, compared, cancellationToken) => new ValueTask<bool>(same(reference, compared, cancellationToken)), tolerance: null);
    }

    /// <summary>
    /// Outputs are equal when they differ in nothing but numbers that are close: the outputs themselves where they are numbers, else any
    /// numbers in their JSON. Two numbers are close when <c>|a - b| &lt;= max(absolute, relative * max(|a|, |b|))</c>, which is the measure of
    /// Python's <c>math.isclose</c> (PEP 485), here without rounding: 1.00 and 1.01 are within 0.01.
    /// </summary>
    /// <param name="absolute">How far apart they may be; finite, at least 0.</param>
    /// <param name="relative">How far apart they may be as a share of the larger; finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is negative or not finite.</exception>
    public ComparisonRules<TInput, TOutput> CompareWithin(double absolute, double relative = 0)
    {
        var tolerance = new Tolerance(absolute, relative);
        return Comparing((reference, compared, _) => new ValueTask<bool>(OutputEquality.Same(reference, compared, tolerance)), tolerance);
    }

    /// <summary>Failures are equal when a function says so, and not when their exceptions have the same type and message.</summary>
    /// <param name="same">Gets what the reference threw and what the compared branch threw.</param>
    public ComparisonRules<TInput, TOutput> CompareErrorsWith(Func<Exception, Exception, bool> same)
    {
        ArgumentNullException.ThrowIfNull(same);
        return With(_comparer with { SameErrors = same });
    }

    /// <summary>
    /// What is kept of an output, in place of the whole: a part of it, or a copy without what nobody may read. Comparers and rules still get
    /// the whole; differences show what is kept.
    /// </summary>
    /// <param name="clean">Gets an output, gives what is kept of it.</param>
    public ComparisonRules<TInput, TOutput> Clean(Func<TOutput, object?> clean)
    {
        ArgumentNullException.ThrowIfNull(clean);
        return With(_comparer with { Clean = clean });
    }

    /// <summary>Ignores the mismatches of which a rule says so. Rules are asked in their order, and only about mismatches.</summary>
    /// <param name="name">What the rule is called in records.</param>
    /// <param name="rule">Gets the input, the reference and the compared branch, either of which may have failed.</param>
    /// <exception cref="ArgumentException">The name is blank, or taken (<see cref="NameTakenException"/>).</exception>
    public ComparisonRules<TInput, TOutput> Ignore(string name, Func<TInput, Branch<TOutput>, Branch<TOutput>, bool> rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return With(_comparer with { Ignored = _comparer.Ignored.Add(new IgnoreRule<TInput, TOutput>(Free(name), rule)) });
    }

    /// <summary>Ignores the mismatches of two outputs of which a rule says so. It is not asked where a branch has failed.</summary>
    /// <param name="name">What the rule is called in records.</param>
    /// <param name="rule">Gets the reference's output and the compared one.</param>
    /// <exception cref="ArgumentException">The name is blank, or taken (<see cref="NameTakenException"/>).</exception>
    public ComparisonRules<TInput, TOutput> Ignore(string name, Func<TOutput, TOutput, bool> rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Ignore(name, (_, reference, compared) =>
            reference.Status == BranchStatus.Success && compared.Status == BranchStatus.Success && rule(reference.Output!, compared.Output!));
    }

    /// <summary>
    /// Takes out the differences at a place of the outputs' JSON and everything below it. A mismatch is ignored when no others remain, unless a
    /// comparer of one's own has found it (<c>CompareWith</c>): what that has seen may be elsewhere.
    /// </summary>
    /// <param name="name">What the rule is called in records.</param>
    /// <param name="path">
    /// The place, with names as in the JSON: <c>$.items[3].updatedAt</c>, <c>$['odd name']</c>, <c>$.items[*].updatedAt</c> for every index,
    /// <c>$.prices.*.updatedAt</c> for every name; or <c>$error.message</c>, <c>$error.type</c>, <c>$error</c> or <c>$status</c>.
    /// </param>
    /// <exception cref="ArgumentException">The name is blank, or taken (<see cref="NameTakenException"/>), or the path is none.</exception>
    public ComparisonRules<TInput, TOutput> IgnorePath(string name, string path) =>
        With(_comparer with { IgnoredPaths = _comparer.IgnoredPaths.Add(new IgnoredPath(Free(name), path)) });

    /// <summary>The config that the others are compared with where all branches are the answer. A primary is always its shadows' measure.</summary>
    /// <param name="configId">The id of the config.</param>
    /// <exception cref="ArgumentException">The id is blank.</exception>
    public ComparisonRules<TInput, TOutput> MeasuredBy(string configId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configId);
        return new ComparisonRules<TInput, TOutput>(_comparer, configId);
    }

    internal override void CheckFits(Type input, Type output)
    {
        if (!typeof(TInput).IsAssignableFrom(input) || !typeof(TOutput).IsAssignableFrom(output))
        {
            throw new ArgumentException(
                $"The rules compare an experiment of {typeof(TInput)} and {typeof(TOutput)}, and this one is of {input} and {output}.");
        }
    }

    internal override object? CleanOutput(object? output) => _comparer.CleanOutput(output);

    internal override ValueTask<Findings> CompareAsync(Branch reference, Branch compared, object? input, CancellationToken cancellationToken) =>
        _comparer.CompareAsync(reference, compared, input, cancellationToken);

    private ComparisonRules<TInput, TOutput> Comparing(Func<TOutput, TOutput, CancellationToken, ValueTask<bool>> same, Tolerance? tolerance) =>
        With(_comparer with { Same = same, Tolerance = tolerance ?? Tolerance.None, SeesWhatJsonShows = tolerance is not null });

    private ComparisonRules<TInput, TOutput> With(BranchComparer<TInput, TOutput> comparer) => new(comparer, ReferenceConfigId);

    private string Free(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return _comparer.Names.Contains(name) ? throw new NameTakenException("rule that ignores", name) : name;
    }
}
