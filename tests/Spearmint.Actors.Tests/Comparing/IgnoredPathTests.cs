using System.Text.Json;

namespace Spearmint.Comparing;

public sealed class IgnoredPathTests
{
    private const string Reference = """{"items":[{"at":1,"price":1},{"at":1,"price":1}],"by":{"x":{"at":1},"odd name":{"at":1},"it's":1},"list":[1]}""";
    private const string Compared = """{"items":[{"at":2,"price":2},{"at":2,"price":2}],"by":{"x":{"at":2},"odd name":{"at":2},"it's":2},"list":[2,3]}""";

    private static readonly string[] All =
    [
        "$.items[0].at", "$.items[0].price", "$.items[1].at", "$.items[1].price", "$.by.x.at", "$.by['odd name'].at",
        @"$.by['it\'s']", "$.list[0]", "$.list[1]",
    ];

    [Theory]
    [InlineData("$.items[1].at", "$.items[1].at")]
    [InlineData("$.items[*].at", "$.items[0].at $.items[1].at")]
    [InlineData("$.items[0]", "$.items[0].at $.items[0].price")]
    [InlineData("$['items'][*]['price']", "$.items[0].price $.items[1].price")]
    [InlineData("$.by.*.at", "$.by.x.at|$.by['odd name'].at")]
    [InlineData("$.by['odd name'].at", "$.by['odd name'].at")]
    [InlineData(@"$.by['it\'s']", @"$.by['it\'s']")]
    [InlineData("$.list", "$.list[0] $.list[1]")]
    [InlineData("$.list[1]", "$.list[1]")]
    [InlineData("$.item", "")]
    [InlineData("$.Items[*].at", "")]
    [InlineData("$.items[*].at.deeper", "")]
    [InlineData("$.items.*.at", "")]
    [InlineData("$.by[*]", "")]
    [InlineData("$error", "")]
    public void A_path_takes_out_what_is_at_it_and_below(string path, string gone)
    {
        var taken = gone.Split(gone.Contains('|') ? '|' : ' ', StringSplitOptions.RemoveEmptyEntries);
        if (gone.StartsWith("$.by", StringComparison.Ordinal) && !gone.Contains('|'))
            taken = [gone];

        var found = JsonDifference.Between(JsonElement.Parse(Reference), JsonElement.Parse(Compared), Tolerance.None, [new IgnoredPath("rule", path)], []);

        Assert.Equal(All.Except(taken), found.Kept.Select(difference => difference.Path));
        Assert.Equal(All.Length - taken.Length, found.Count);
        Assert.Equal(taken.Length == 0 ? [] : ["rule"], found.IgnoredBy);
    }

    [Fact]
    public void The_path_of_the_whole_takes_out_everything() =>
        Assert.Equal(0, JsonDifference.Between(JsonElement.Parse("1"), JsonElement.Parse("2"), Tolerance.None, [new IgnoredPath("rule", "$")], []).Count);

    [Fact]
    public void That_the_part_above_is_missing_is_a_difference_of_its_own() =>
        Assert.Equal(1, JsonDifference.Between(
            JsonElement.Parse("""{"a":{"at":1}}"""), JsonElement.Parse("{}"), Tolerance.None, [new IgnoredPath("rule", "$.a.at")], []).Count);

    [Theory]
    [InlineData("")]
    [InlineData("items")]
    [InlineData(" $.a")]
    [InlineData("$.")]
    [InlineData("$..a")]
    [InlineData("$.a b")]
    [InlineData("$a")]
    [InlineData("$[")]
    [InlineData("$[-1]")]
    [InlineData("$[99999999999]")]
    [InlineData("$[x]")]
    [InlineData("$['a]")]
    [InlineData("$['a'b']")]
    [InlineData("$.a[*")]
    [InlineData("$.*a")]
    [InlineData("$.a\n")]
    [InlineData("$statuses")]
    public void What_is_no_path_is_an_error_that_says_what_is(string wrong)
    {
        var error = Assert.Throws<ArgumentException>("path", () => ComparisonRules.For<int, int>().IgnorePath("rule", wrong));

        Assert.Contains($"'{wrong}'", error.Message);
        Assert.Contains("$.items[*].updatedAt", error.Message);
    }

    [Theory]
    [InlineData("$error", "$error.type", true)]
    [InlineData("$error", "$error.message", true)]
    [InlineData("$error.message", "$error.message", true)]
    [InlineData("$error.message", "$error.type", false)]
    [InlineData("$status", "$status", true)]
    [InlineData("$status", "$error.type", false)]
    [InlineData("$", "$status", false)]
    public void What_is_in_no_output_has_paths_of_its_own(string ignored, string path, bool covers) =>
        Assert.Equal(covers, new IgnoredPath("rule", ignored).CoversOutcome(path));
}
