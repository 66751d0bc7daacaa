using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Comparing;

/// <summary>Two branches that have ended, and what rules find in them.</summary>
internal static class Pair
{
    public static ValueTask<Findings> OfAsync(
        ComparisonRules rules, object? reference, object? compared, object? input = null, CancellationToken ct = default) =>
        rules.CompareAsync(Ended(reference, Some.Config("a")), Ended(compared, Some.Config("b")), input, ct);

    public static Branch Ended(object? outcome, Config config) => outcome is Exception exception
        ? Some.Branch(config).Fail(exception, TimeSpan.Zero)
        : Some.Branch(config).Succeed(outcome, TimeSpan.Zero);

    public static IEnumerable<string> Shown(this Findings findings) => findings.Differences.Select(difference => difference.ToString());
}
