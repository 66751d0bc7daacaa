using Spearmint.Domain;

namespace Spearmint.Comparing;

public sealed class IgnoringTests
{
    private static ComparisonRules<string, Order> Rules => ComparisonRules.For<string, Order>();

    [Fact]
    public async Task A_mismatch_is_ignored_by_the_first_rule_that_says_so()
    {
        var rules = Rules.Ignore("never", (_, _) => false).Ignore("always", (_, _) => true).Ignore("too late", (_, _) => throw new IOException());

        Assert.Equal(Findings.Ignored("always"), await Pair.OfAsync(rules, new Order(1), new Order(2)));
    }

    [Fact]
    public async Task A_rule_gets_the_input_the_reference_and_the_compared_branch()
    {
        var rules = Rules.Ignore("rule", (input, reference, compared) =>
            input == "input" && reference is { Config.Id: "a", Output.Price: 1 } && compared is { Config.Id: "b", Status: BranchStatus.Failed });

        Assert.Equal("rule", (await Pair.OfAsync(rules, new Order(1), new IOException(), "input")).IgnoredBy);
    }

    [Fact]
    public async Task A_rule_on_outputs_is_not_asked_where_a_branch_has_failed()
    {
        var rules = Rules.Ignore("rule", (_, _) => true);

        Assert.Equal(ComparisonVerdict.Mismatch, (await Pair.OfAsync(rules, new Order(1), new IOException())).Verdict);
        Assert.Equal(ComparisonVerdict.Mismatch, (await Pair.OfAsync(rules, new IOException("a"), new IOException("b"))).Verdict);
    }

    [Fact]
    public async Task A_rule_is_asked_about_mismatches_alone() =>
        Assert.Equal(Findings.Match, await Pair.OfAsync(Rules.Ignore("rule", (_, _) => throw new IOException()), new Order(1), new Order(1)));

    [Fact]
    public async Task A_mismatch_in_nothing_but_ignored_paths_is_ignored_by_their_names()
    {
        var rules = Rules.IgnorePath("unused", "$.unused").IgnorePath("time", "$.at").IgnorePath("ids", "$.lines[*].id");

        Assert.Equal(Findings.Ignored("time"), await Pair.OfAsync(rules, new Order(1, At: 1), new Order(1, At: 2)));
        Assert.Equal(Findings.Ignored("time,ids"),
            await Pair.OfAsync(rules, new Order(1, At: 1, Lines: [new(1, 1)]), new Order(1, At: 2, Lines: [new(1, 2)])));
    }

    [Fact]
    public async Task An_ignored_path_does_not_hide_a_real_difference()
    {
        var rules = Rules.IgnorePath("time", "$.at");
        var findings = await Pair.OfAsync(rules, new Order(1, At: 1), new Order(2, At: 2));

        Assert.Equal(ComparisonVerdict.Mismatch, findings.Verdict);
        Assert.Null(findings.IgnoredBy);
        Assert.Equal(["$.price: 1 -> 2"], findings.Shown());
        Assert.Equal(1, findings.DifferenceCount);
    }

    [Fact]
    public async Task A_real_difference_is_not_lost_behind_a_hundred_ignored_ones()
    {
        var rules = ComparisonRules.For<string, int[]>().IgnorePath("first half", "$[0]").IgnorePath("all before the last", "$[1]");
        var wide = ComparisonRules.For<string, Wide>().IgnorePath("noise", "$.noise");

        Assert.Equal(["$[2]: 0 -> 1"], (await Pair.OfAsync(rules, new int[3], new[] { 1, 1, 1 })).Shown());
        Assert.Equal(["$.real: 1 -> 2"], (await Pair.OfAsync(wide, new Wide(new int[300], 1), new Wide([.. Enumerable.Repeat(1, 300)], 2))).Shown());
    }

    [Fact]
    public async Task A_real_difference_is_not_lost_behind_two_hundred_that_differ_by_chance()
    {
        var rules = ComparisonRules.For<string, Wide>();

        var found = await Pair.OfAsync(rules, new Wide(new int[300], 1), new Wide([.. Enumerable.Repeat(1, 300)], 2));

        Assert.Equal((301, 101, "$.real: 1 -> 2"), (found.DifferenceCount, found.Differences.Count, found.Shown().Last()));
    }

    [Fact]
    public async Task What_a_comparer_of_ones_own_has_seen_is_hidden_by_no_ignored_path()
    {
        var rules = Rules.CompareWith((_, _) => false).IgnorePath("time", "$.at");

        Assert.True(await Pair.OfAsync(rules, new Order(1, At: 1), new Order(1, At: 2)) is { Verdict: ComparisonVerdict.Mismatch, DifferenceCount: 0 });
    }

    [Fact]
    public async Task Ignored_paths_and_a_tolerance_go_together()
    {
        var rules = Rules.CompareWithin(0.01).IgnorePath("time", "$.at");

        Assert.Equal("time", (await Pair.OfAsync(rules, new Order(1.00m, At: 1), new Order(1.01m, At: 2))).IgnoredBy);
        Assert.Equal(["$.price: 1.00 -> 1.02"], (await Pair.OfAsync(rules, new Order(1.00m, At: 1), new Order(1.02m, At: 2))).Shown());
    }

    [Fact]
    public async Task Messages_of_failures_may_be_ignored_and_their_types_still_count()
    {
        var rules = Rules.IgnorePath("message", "$error.message");

        Assert.Equal("message", (await Pair.OfAsync(rules, new IOException("a"), new IOException("b"))).IgnoredBy);
        Assert.Equal(1, (await Pair.OfAsync(rules, new IOException("a"), new TimeoutException("b"))).DifferenceCount);
        Assert.Equal(2, (await Pair.OfAsync(rules, new Order(1), new TimeoutException("b"))).DifferenceCount);
    }

    [Fact]
    public async Task An_ignored_path_of_the_outputs_does_not_cover_a_failure() =>
        Assert.Equal(ComparisonVerdict.Mismatch, (await Pair.OfAsync(Rules.IgnorePath("all", "$"), new Order(1), new IOException())).Verdict);

    [Fact]
    public async Task A_mismatch_that_JSON_does_not_show_is_ignored_by_no_path()
    {
        var rules = Rules.CompareWith((_, _) => false).IgnorePath("time", "$.at");

        Assert.True(
            await Pair.OfAsync(rules, new Order(1), new Order(1))
                is { Verdict: ComparisonVerdict.Mismatch, DifferenceCount: 0, Differences: [] });
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_rule_has_a_name(string blank)
    {
        Assert.Throws<ArgumentException>("name", () => Rules.Ignore(blank, (_, _) => true));
        Assert.Throws<ArgumentException>("name", () => Rules.IgnorePath(blank, "$"));
    }

    [Fact]
    public void Two_rules_have_two_names()
    {
        Assert.Contains("'time'", Assert.Throws<NameTakenException>(() => Rules.IgnorePath("time", "$.at").Ignore("time", (_, _) => true)).Message);
        Assert.Contains("'time'", Assert.Throws<NameTakenException>(() => Rules.Ignore("time", (_, _, _) => true).IgnorePath("time", "$.at")).Message);
    }

    private sealed record Order(decimal Price, int At = 0, Line[]? Lines = null);

    private sealed record Line(int Amount, int Id);

    private sealed record Wide(int[] Noise, int Real);
}
