using Spearmint.Domain;

namespace Spearmint.Statistics;

/// <summary>How often two configs differ at one place.</summary>
/// <remarks>
/// A pair of branches counts once, at however many indexes it differs there. A comparison names its first 100 differences and the
/// first of each further place, 200 in all, and those are what is counted; a mismatch that names none counts at <c>$</c>.
/// </remarks>
/// <param name="Path">The place, indexes as <c>*</c>: <see cref="Difference.RolledUpPath"/>.</param>
/// <param name="Mismatches">Pairs that differ here, of all that were compared.</param>
/// <param name="Noise">
/// Pairs of the reference with itself that differ here, of all that were compared; 0 of 0 where noise is not measured, and all noise for
/// <c>(other)</c>.
/// </param>
/// <param name="IsReal">Whether the rule says that the difference is more than noise.</param>
/// <param name="First">The first five, the first one first.</param>
/// <param name="Newest">The newest five beyond those, the newest first. An experiment keeps 2000 samples in all.</param>
public sealed record PathStatistics(
    string Path, Proportion Mismatches, Proportion Noise, bool IsReal, IReadOnlyList<DifferenceSample> First, IReadOnlyList<DifferenceSample> Newest)
{
    /// <summary>The rate of mismatches less that of noise; at least 0.</summary>
    public double AboveNoise => Math.Max(0, Mismatches.Rate - Noise.Rate);
}

/// <summary>One difference, and whose.</summary>
/// <param name="RunId">The run of both branches.</param>
/// <param name="ReferenceBranchId">The branch that the other is measured by.</param>
/// <param name="BranchId">The compared branch.</param>
/// <param name="Difference">Where they differ, and how.</param>
public sealed record DifferenceSample(Guid RunId, Guid ReferenceBranchId, Guid BranchId, Difference Difference);
