using Spearmint.Domain;

namespace Spearmint.Host.Api.Dto;

/// <summary>What came of comparing a branch with the one that it is measured by.</summary>
/// <param name="Verdict">Match, mismatch, ignored or error.</param>
/// <param name="ReferenceBranchId">The branch that it is measured by.</param>
/// <param name="ReferenceConfigId">The config of that branch.</param>
/// <param name="DurationDifferenceMs">How much longer the branch took than the reference, in milliseconds; negative when it was faster.</param>
/// <param name="IgnoredBy">The rules that ignored the mismatch, where it was ignored.</param>
/// <param name="Error">What the comparer threw, where it did.</param>
/// <param name="DifferenceCount">At how many places the two differ.</param>
/// <param name="Differences">The first 100 of them.</param>
internal sealed record ComparisonDto(
    ComparisonVerdict Verdict, Guid ReferenceBranchId, string ReferenceConfigId, double DurationDifferenceMs, string? IgnoredBy, ErrorDto? Error,
    int DifferenceCount, IReadOnlyList<Difference> Differences)
{
    public static ComparisonDto? From(Comparison? comparison) => comparison is null ? null : new(
        comparison.Verdict, comparison.ReferenceBranchId, comparison.ReferenceConfigId, Math.Round(comparison.DurationDifference.TotalMilliseconds, 3),
        comparison.IgnoredBy, ErrorDto.From(comparison.Error, withStack: false), comparison.DifferenceCount, comparison.Differences);
}
