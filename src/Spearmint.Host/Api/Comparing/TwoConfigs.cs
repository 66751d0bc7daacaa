using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Storage;
using Spearmint.Statistics;

namespace Spearmint.Host.Api.Comparing;

/// <summary>What two configs have done, measure by measure.</summary>
internal static class TwoConfigs
{
    /// <summary>With fewer pairs, or fewer branches of either, no difference is said: the intervals take that means of so many are about normal.</summary>
    public const int Least = 10;

    private const string Paired = "paired";
    private const string Independent = "independent";

    public static CompareDto Compare(
        string experiment, TimeRange range, (string Id, JsonElement Values) one, (string Id, JsonElement Values) other, ConfigBucket ofOne, ConfigBucket ofOther,
        IReadOnlyList<PairedBranches> pairs) => new(
        experiment, range.From.UtcDateTime, range.To.UtcDateTime, [.. ConfigDifferences.Between(one.Values, other.Values)],
        new ComparedConfigDto(one.Id, one.Values, ConfigFiguresDto.From(ofOne)), new ComparedConfigDto(other.Id, other.Values, ConfigFiguresDto.From(ofOther)),
        pairs.Count, [.. Measures(ofOne, ofOther, pairs)]);

    private static IEnumerable<MeasureDto> Measures(ConfigBucket one, ConfigBucket other, IReadOnlyList<PairedBranches> pairs)
    {
        yield return Means(Wording.Duration, one.DurationMs, other.DurationMs, pairs, branch => branch.Duration.TotalMilliseconds);
        yield return Rates(ConfigFiguresDto.ErrorsOf(one), ConfigFiguresDto.ErrorsOf(other), pairs);
        foreach (var name in one.Metrics.Keys.Intersect(other.Metrics.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            yield return Means(Wording.Metric(name), one.Metrics[name], other.Metrics[name], pairs, branch => branch.Metrics.TryGetValue(name, out var value) ? value : null);
    }

    private static MeasureDto Means(Wording wording, Moments one, Moments other, IReadOnlyList<PairedBranches> pairs, Func<BranchInShort, double?> valueOf)
    {
        var (lefts, rights, differences) = (new Moments(), new Moments(), new Moments());
        foreach (var pair in pairs)
        {
            if (valueOf(pair.One) is { } left && valueOf(pair.Other) is { } right)
            {
                lefts.Add(left);
                rights.Add(right);
                differences.Add(right - left);
            }
        }

        var fewest = Math.Min(one.Count, other.Count);
        var (method, count, difference) = differences.Count >= Least ? (Paired, differences.Count, EstimatedDifference.OfPairs(differences))
            : fewest >= Least ? (Independent, fewest, EstimatedDifference.OfMeans(one, other))
            : ("none", fewest, null);

        // what the difference is of
        var (ofOne, ofOther) = method == Paired ? (lefts, rights) : (one, other);
        return wording.Say(ofOne.Count > 0 ? ofOne.Mean : null, ofOther.Count > 0 ? ofOther.Mean : null, method, count, difference, one.Count, other.Count);
    }

    private static MeasureDto Rates(Proportion one, Proportion other, IReadOnlyList<PairedBranches> pairs)
    {
        var fewest = Math.Min(one.Of, other.Of);
        var (method, count, difference) = pairs.Count >= Least ? (Paired, pairs.Count, OfPairs(pairs))
            : fewest >= Least ? (Independent, fewest, EstimatedDifference.OfProportions(one, other))
            : ("none", fewest, null);
        var (ofOne, ofOther) = method == Paired ? (Share(pairs, pair => pair.One), Share(pairs, pair => pair.Other)) : (one, other);
        return Wording.ErrorRate.Say(ofOne.Of > 0 ? ofOne.Rate : null, ofOther.Of > 0 ? ofOther.Rate : null, method, count, difference, one.Of, other.Of);
    }

    private static EstimatedDifference? OfPairs(IReadOnlyList<PairedBranches> pairs)
    {
        return EstimatedDifference.OfPairedProportions(Count(true, true), Count(true, false), Count(false, true), Count(false, false));

        long Count(bool one, bool other) => pairs.LongCount(pair => HasFailed(pair.One) == one && HasFailed(pair.Other) == other);
    }

    private static Proportion Share(IReadOnlyList<PairedBranches> pairs, Func<PairedBranches, BranchInShort> of) =>
        new(pairs.LongCount(pair => HasFailed(of(pair))), pairs.Count);

    private static bool HasFailed(BranchInShort branch) => branch.Status != BranchStatus.Success;
}
