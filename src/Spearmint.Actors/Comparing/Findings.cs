using Spearmint.Domain;

namespace Spearmint.Comparing;

/// <summary>What a comparison has found.</summary>
/// <param name="Verdict">What came of it.</param>
/// <param name="IgnoredBy">The names of the rules that ignored the mismatch.</param>
/// <param name="Error">What the comparer threw.</param>
/// <param name="Differences">The first places where the two differ.</param>
/// <param name="DifferenceCount">At how many places they differ.</param>
internal readonly record struct Findings(
    ComparisonVerdict Verdict, string? IgnoredBy, Exception? Error, IReadOnlyList<Difference> Differences, int DifferenceCount)
{
    public static Findings Match { get; } = new(ComparisonVerdict.Match, null, null, [], 0);

    public static Findings Mismatch(FoundDifferences? found) =>
        new(ComparisonVerdict.Mismatch, null, null, found?.Kept ?? [], found?.Count ?? 0);

    public static Findings Ignored(string by) => new(ComparisonVerdict.Ignored, by, null, [], 0);

    public static Findings Failed(Exception error) => new(ComparisonVerdict.Error, null, error, [], 0);
}
