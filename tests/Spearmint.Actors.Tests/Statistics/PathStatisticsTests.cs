using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Statistics;

public sealed class PathStatisticsTests
{
    [Fact]
    public void A_pair_counts_once_at_a_place_whatever_the_number_of_its_indexes()
    {
        var paths = Paths(
            Given.Mismatch("$.items[0].price", "$.items[3].price", "$.total"), Given.Mismatch("$.items[1].price"), Given.Compared(ComparisonVerdict.Match));

        Assert.Equal([("$.items[*].price", new Proportion(2, 3)), ("$.total", new Proportion(1, 3))], paths.Select(path => (path.Path, path.Mismatches)));
    }

    [Fact]
    public void A_mismatch_that_names_no_place_counts_at_the_whole_output() =>
        Assert.Equal(("$", new Proportion(1, 1)), (Paths(Given.Mismatch())[0].Path, Paths(Given.Mismatch())[0].Mismatches));

    [Fact]
    public void What_was_ignored_counts_nowhere() =>
        Assert.Empty(Paths(
            Given.Compared(ComparisonVerdict.Ignored, differences: Given.At("$.id")), Given.Compared(ComparisonVerdict.Error, differences: Given.At("$.id"))));

    [Fact]
    public void The_first_five_differences_and_the_newest_five_are_kept()
    {
        var all = Enumerable.Range(0, 100).Select(_ => Given.Mismatch("$.a[1]", "$.a[2]")).ToArray();

        var path = Assert.Single(Paths(all));

        Assert.Equal(100, path.Mismatches.Count);
        Assert.Equal(all.Take(5).Select(one => one.RunId), path.First.Select(sample => sample.RunId));
        Assert.Equal(all.Reverse().Take(5).Select(one => one.RunId), path.Newest.Select(sample => sample.RunId));
        var (expected, sample) = (all[0].Comparison, path.First[0]);
        Assert.Equal((expected.ReferenceBranchId, expected.BranchId, expected.Differences[0]), (sample.ReferenceBranchId, sample.BranchId, sample.Difference));
    }

    [Fact]
    public void Few_differences_are_all_kept_and_none_twice()
    {
        var path = Assert.Single(Paths([.. Enumerable.Range(0, 7).Select(_ => Given.Mismatch("$.a"))]));

        Assert.Equal((5, 2), (path.First.Count, path.Newest.Count));
        Assert.Equal(7, path.First.Concat(path.Newest).Distinct().Count());
    }

    [Fact]
    public void Places_beyond_1000_count_together_and_the_totals_stay_exact()
    {
        var events = Enumerable.Range(0, 1010).Select(number => Given.Mismatch("$.id", $"$.by_id.n{number}", $"$.also.n{number}"));

        var pair = Assert.Single(Given.Statistics(events).Pairs);

        Assert.Equal(1001, pair.Paths.Count);
        Assert.Equal(1010, pair.Mismatch);
        Assert.Equal(1010, pair.Paths.Single(path => path.Path == "$.id").Mismatches.Count);
        // 999 places are named beside the first: both of 499 runs and one of another
        Assert.Equal(1010 - 499, pair.Paths.Single(path => path.Path == "(other)").Mismatches.Count);
    }

    [Fact]
    public void All_pairs_of_an_experiment_name_10_000_places_and_keep_2000_differences()
    {
        var pairs = Given.Statistics(
            from number in Enumerable.Range(0, 1000)
            from config in Enumerable.Range(0, 12)
            select Given.Compared(ComparisonVerdict.Mismatch, "a", $"c{config}", differences: Given.At($"$.n{number}"))).Pairs;

        Assert.Equal(10_000, pairs.Sum(pair => pair.Paths.Count(path => path.Path != "(other)")));
        Assert.Equal(2000, pairs.Sum(pair => pair.Paths.Sum(path => path.First.Count + path.Newest.Count)));
        Assert.All(pairs, pair => Assert.Equal(1000, pair.Paths.Sum(path => path.Mismatches.Count)));
    }

    [Fact]
    public void The_real_comes_first_and_then_the_frequent()
    {
        var statistics = Given.Statistics(
        [
            .. Enumerable.Range(0, 10).Select(_ => Given.Mismatch("$.noisy")), Given.Mismatch("$.rare"), Given.Mismatch("$.bug"), Given.Mismatch("$.bug"),
            .. Enumerable.Range(0, 10).Select(_ => Given.NoiseMismatch("$.noisy")),
        ]);

        Assert.Equal(["$.bug", "$.rare", "$.noisy"], statistics.Pairs[0].Paths.Select(path => path.Path));
    }

    private static IReadOnlyList<PathStatistics> Paths(params BranchCompared[] events) => Assert.Single(Given.Statistics(events).Pairs).Paths;
}
