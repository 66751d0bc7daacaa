using System.Text.RegularExpressions;

namespace Spearmint.Domain;

/// <summary>What came of comparing one branch of a run with the branch that it is measured by. Plain data, without secrets.</summary>
public sealed record Comparison
{
    /// <summary>The run of both.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The branch that the other is measured by: the primary, or that of the reference config where all branches are the answer.</summary>
    public required Guid ReferenceBranchId { get; init; }

    /// <summary>The config of the reference.</summary>
    public required string ReferenceConfigId { get; init; }

    /// <summary>How long the reference took.</summary>
    public required TimeSpan ReferenceDuration { get; init; }

    /// <summary>The branch that was compared with it.</summary>
    public required Guid BranchId { get; init; }

    /// <summary>The config of the compared branch.</summary>
    public required string ConfigId { get; init; }

    /// <summary>How long the compared branch took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How much longer the compared branch took than the reference; negative when it was faster.</summary>
    public TimeSpan DurationDifference => Duration - ReferenceDuration;

    /// <summary>Whether the compared branch is a second run of the reference's own config, so that all that differs is noise.</summary>
    public bool IsNoise { get; init; }

    /// <summary>What came of it.</summary>
    public required ComparisonVerdict Verdict { get; init; }

    /// <summary>The name of the rule that ignored the mismatch; several are joined by a comma. Null unless the verdict is <see cref="ComparisonVerdict.Ignored"/>.</summary>
    public string? IgnoredBy { get; init; }

    /// <summary>What the comparer threw. Null unless the verdict is <see cref="ComparisonVerdict.Error"/>.</summary>
    public BranchError? Error { get; init; }

    /// <summary>
    /// Where the two differ, in document order: the first 100 places, and then the first of each place that is new when indexes count as one,
    /// 200 in all. Empty where the outputs cannot be written as JSON.
    /// </summary>
    public IReadOnlyList<Difference> Differences { get; init; } = [];

    /// <summary>At how many places the two differ, those that are not named among them.</summary>
    public int DifferenceCount { get; init; }
}

/// <summary>What came of a comparison.</summary>
public enum ComparisonVerdict
{
    /// <summary>The two are equal by the experiment's own measure.</summary>
    Match,

    /// <summary>The two differ, and no rule says that it does not matter.</summary>
    Mismatch,

    /// <summary>The two differ in nothing but what a named rule ignores.</summary>
    Ignored,

    /// <summary>The comparer, or a rule, threw or did not end in time.</summary>
    Error,
}

/// <summary>A place where two outputs differ.</summary>
/// <param name="Path">
/// Where, from <c>$</c>: <c>$.items[3].price</c>. <c>$</c> alone is the output itself; <c>$error.type</c>, <c>$error.message</c> and
/// <c>$status</c> stand for what is not in the outputs.
/// </param>
/// <param name="Reference">The reference's value as JSON, cut off after 1024 characters; null where it has none there.</param>
/// <param name="Compared">The compared branch's value as JSON, cut off after 1024 characters; null where it has none there.</param>
public sealed partial record Difference(string Path, string? Reference, string? Compared)
{
    /// <summary>The path with every index replaced by <c>*</c>, so that the places of a list count as one.</summary>
    public string RolledUpPath => IndexOrName().Replace(Path, static step => step.Value[1] == '\'' ? step.Value : "[*]");

    /// <inheritdoc />
    public override string ToString() => $"{Path}: {Reference ?? "(absent)"} -> {Compared ?? "(absent)"}";

    // a quoted name may look like an index
    [GeneratedRegex(@"\['(?:[^'\\]|\\.)*'\]|\[[0-9]+\]", RegexOptions.Singleline)]
    private static partial Regex IndexOrName();
}
