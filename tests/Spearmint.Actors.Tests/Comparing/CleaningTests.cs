using Spearmint.Domain;

namespace Spearmint.Comparing;

public sealed class CleaningTests
{
    private static ComparisonRules<string, Visit> Rules => ComparisonRules.For<string, Visit>().Clean(visit => new { visit.Page, At = visit.At / 10 });

    [Fact]
    public void What_is_kept_of_an_output_is_what_Clean_gives()
    {
        Assert.Equal(new { Page = "home", At = 1 }, Rules.CleanOutput(new Visit("home", "1.2.3.4", 12)));
        Assert.Throws<InvalidCastException>(() => Rules.CleanOutput("no visit"));
        Assert.Throws<IOException>(() => Rules.Clean(_ => throw new IOException()).CleanOutput(new Visit("home", "1.2.3.4", 12)));
    }

    [Fact]
    public async Task Differences_show_nothing_that_Clean_takes_away() =>
        Assert.Equal(["""$.page: "home" -> "cart" """.TrimEnd()],
            (await Pair.OfAsync(Rules, new Visit("home", "1.2.3.4", 1), new Visit("cart", "5.6.7.8", 1))).Shown());

    [Fact]
    public async Task What_Clean_takes_away_is_compared_all_the_same() =>
        Assert.True(
            await Pair.OfAsync(Rules, new Visit("home", "1.2.3.4", 1), new Visit("home", "5.6.7.8", 1))
                is { Verdict: ComparisonVerdict.Mismatch, DifferenceCount: 0, Differences: [] });

    [Fact]
    public async Task An_ignored_path_hides_no_difference_that_Clean_takes_away()
    {
        var rules = Rules.IgnorePath("time", "$.at");

        Assert.Equal("time", (await Pair.OfAsync(rules, new Visit("home", "1.2.3.4", 1), new Visit("home", "1.2.3.4", 25))).IgnoredBy);
        Assert.True(
            await Pair.OfAsync(rules, new Visit("home", "1.2.3.4", 1), new Visit("home", "5.6.7.8", 25))
                is { Verdict: ComparisonVerdict.Mismatch, DifferenceCount: 0, Differences: [] });
    }

    [Fact]
    public async Task What_is_ignored_may_be_what_Clean_takes_away() =>
        Assert.Equal("address", (await Pair.OfAsync(
            Rules.IgnorePath("address", "$.address"), new Visit("home", "1.2.3.4", 1), new Visit("home", "5.6.7.8", 1))).IgnoredBy);

    [Fact]
    public async Task Where_the_whole_cannot_be_written_no_path_is_ignored()
    {
        var rules = ComparisonRules.For<string, Func<int>>().Clean(function => new { value = function(), at = 0 }).IgnorePath("value", "$.value");

        Assert.Equal(ComparisonVerdict.Mismatch, (await Pair.OfAsync(rules, (Func<int>)(() => 1), (Func<int>)(() => 2))).Verdict);
    }

    [Fact]
    public async Task Nothing_is_cleaned_where_a_branch_failed() =>
        Assert.Equal(3, (await Pair.OfAsync(
            Rules.Clean(_ => throw new IOException()), new Visit("home", "1.2.3.4", 1), new TimeoutException())).DifferenceCount);

    private sealed record Visit(string Page, string Address, int At);
}
