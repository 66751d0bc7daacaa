namespace Spearmint.Domain;

/// <summary>A branch differs from the one that it is measured by, or could not be compared, in an experiment that is to throw when that happens.</summary>
/// <param name="comparisons">What is not a match.</param>
/// <param name="uncompared">The shadows that could not be compared.</param>
/// <param name="cause">What the run itself threw, if it did.</param>
public sealed class MismatchException(IReadOnlyList<Comparison> comparisons, IReadOnlyList<Branch> uncompared, Exception? cause = null)
    : Exception(string.Join(Environment.NewLine, comparisons.Select(Show).Concat(uncompared.Select(Show))), cause)
{
    private const int Shown = 10;

    /// <summary>What is not a match.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; } = comparisons;

    /// <summary>The shadows that were skipped, or ended without their function, so that there was nothing to compare.</summary>
    public IReadOnlyList<Branch> Uncompared { get; } = uncompared;

    private static string Show(Branch branch) => $"Config '{branch.Config.Id}' was not compared: {branch.Status}{(branch.SkipReason is { } reason ? $" ({reason})" : "")}.";

    private static string Show(Comparison comparison) => comparison.Error is { } error
        ? $"Config '{comparison.ConfigId}' could not be compared with '{comparison.ReferenceConfigId}': {error.Type}: {error.Message}"
        : $"Config '{comparison.ConfigId}' differs from '{comparison.ReferenceConfigId}'{Where(comparison)}";

    private static string Where(Comparison comparison)
    {
        if (comparison.Differences.Count == 0)
            return ".";

        var more = comparison.DifferenceCount - Math.Min(comparison.Differences.Count, Shown);
        return $" at {comparison.DifferenceCount} places:{string.Concat(comparison.Differences.Take(Shown).Select(difference => $"{Environment.NewLine}  {difference}"))}"
            + (more > 0 ? $"{Environment.NewLine}  and {more} more" : "");
    }
}
