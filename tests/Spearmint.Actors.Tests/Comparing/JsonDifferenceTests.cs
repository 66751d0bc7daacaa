using System.Text.Json;
using Spearmint.Domain;

namespace Spearmint.Comparing;

public sealed class JsonDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("[1, 2]", "[1,2]")]
    [InlineData("1", "1.0")]
    [InlineData("1", "1e0")]
    [InlineData("-0.0", "0")]
    [InlineData("12300", "1.23E+4")]
    [InlineData("12345678901234567890.10", "12345678901234567890.1")]
    [InlineData("1e99999999999", "1e99999999999")]
    [InlineData("\"\\u00e9\"", "\"é\"")]
    [InlineData("""{"\u0061":1}""", """{"a":1}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("null", "null")]
    public void What_is_equal_by_value_has_no_difference(string reference, string compared) => Assert.Empty(Between(reference, compared).Kept);

    [Theory]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("0.1000000000000000000000000000000001", "0.1")]
    [InlineData("1e99999999999", "1e99999999998")]
    [InlineData("1", "\"1\"")]
    [InlineData("0", "false")]
    [InlineData("null", "0")]
    [InlineData("\"a\"", "\"A\"")]
    [InlineData("{}", "[]")]
    [InlineData("""{"a":1}""", "null")]
    public void What_is_not_equal_is_one_difference_at_its_place(string reference, string compared) =>
        Assert.Equal(new Difference("$", reference, compared), Assert.Single(Between(reference, compared).Kept));

    [Fact]
    public void A_difference_says_where_it_is_and_what_both_are() =>
        Assert.Equal("$.items[3].price: 10 -> 12",
            Assert.Single(Between("""{"items":[0,0,0,{"price":10}]}""", """{"items":[0,0,0,{"price":12}]}""").Kept).ToString());

    [Fact]
    public void Differences_are_in_document_order_and_those_of_the_compared_one_alone_come_last() =>
        Assert.Equal(["$.z: 1 -> 2", "$.a[0]: 1 -> 3", "$.a[1].c: 1 -> (absent)", "$.a[1].d: (absent) -> 1", "$.y: (absent) -> 5"],
            Shown("""{"z":1,"a":[1,{"c":1}],"b":0}""", """{"y":5,"b":0,"a":[3,{"d":1}],"z":2}"""));

    [Fact]
    public void What_is_absent_is_told_from_what_is_null() =>
        Assert.Equal([new Difference("$.a", "null", null), new Difference("$.b", "1", "null")], Between("""{"a":null,"b":1}""", """{"b":null}""").Kept);

    [Fact]
    public void Each_item_that_one_array_has_more_is_a_difference() =>
        Assert.Equal(["$[1]: 2 -> (absent)", "$[2]: 3 -> (absent)"], Shown("[1,2,3]", "[1]"));

    [Fact]
    public void The_last_of_the_values_under_one_name_counts() =>
        Assert.Equal(["$.a.b: 2 -> 3"], Shown("""{"a":{"b":3,"b":2}}""", """{"a":{"b":2,"b":3}}"""));

    [Theory]
    [InlineData("odd name", "$['odd name']")]
    [InlineData("it's", @"$['it\'s']")]
    [InlineData(@"back\slash", @"$['back\\slash']")]
    [InlineData("", "$['']")]
    [InlineData("1st", "$['1st']")]
    [InlineData("a.b", "$['a.b']")]
    [InlineData("[0]", "$['[0]']")]
    [InlineData("$ref", "$['$ref']")]
    [InlineData("_größe2", "$._größe2")]
    public void A_name_that_is_no_identifier_is_quoted(string name, string path) =>
        Assert.Equal(path, Assert.Single(Between(Json(new Dictionary<string, int> { [name] = 1 }), "{}").Kept).Path);

    [Fact]
    public void The_first_hundred_are_kept_and_all_are_counted()
    {
        var found = Between(Json(Enumerable.Range(0, 250)), Json(Enumerable.Range(1, 260)));

        Assert.Equal(100, found.Kept.Count);
        Assert.Equal("$[99]: 99 -> 100", found.Kept[^1].ToString());
        Assert.Equal(260, found.Count);
    }

    [Fact]
    public void A_long_value_is_cut_off() =>
        Assert.Equal('"' + new string('a', 1022) + '…', Assert.Single(Between(Json(new string('a', 2000)), "1").Kept).Reference);

    [Theory]
    [InlineData(600)]
    [InlineData(601)]
    public void A_long_path_is_cut_off_but_never_within_a_character(int letters)
    {
        var name = new string('a', letters) + string.Concat(Enumerable.Repeat("😀", 300));
        var path = Assert.Single(Between(Json(new Dictionary<string, int> { [name] = 1 }), "{}").Kept).Path;

        Assert.InRange(path.Length, 1023, 1024);
        Assert.EndsWith("😀…", path);
    }

    [Fact]
    public void A_value_of_1024_characters_is_whole() =>
        Assert.Equal('"' + new string('a', 1022) + '"', Assert.Single(Between(Json(new string('a', 1022)), "1").Kept).Reference);

    [Fact]
    public void Secrets_are_blotted_out_by_key_and_by_value()
    {
        var found = Between(
            """{"apiKey":"one","auth":{"token":{"a":[1]}},"url":"https://hunter2@host/1","n":98765,"maxTokens":1,"hunter2":1}""",
            """{"apiKey":"two","auth":{"token":{"a":[2]}},"url":"https://hunter2@host/2","n":12345,"maxTokens":2,"hunter2":{"pwd":"x"}}""",
            "hunter2", "98765");

        Assert.Equal(
            [
                """$.apiKey: "***" -> "***" """.TrimEnd(), """$.auth.token.a[0]: "***" -> "***" """.TrimEnd(),
                """$.url: "https://***@host/1" -> "https://***@host/2" """.TrimEnd(),
                """$.n: "***" -> 12345""", "$.maxTokens: 1 -> 2", """$['***']: 1 -> {"pwd":"***"}""",
            ],
            found.Kept.Select(difference => difference.ToString()));
    }

    [Fact]
    public void A_secret_is_blotted_out_before_a_value_is_cut_off()
    {
        var text = new string('a', 1018) + "hunter2" + new string('b', 100);

        Assert.DoesNotContain("hun", Assert.Single(Between(Json(text), "1", "hunter2").Kept).Reference);
    }

    [Fact]
    public void Numbers_within_the_tolerance_are_no_differences() =>
        Assert.Equal(["$.c: 1 -> 2"], JsonDifference.Between(
            JsonElement.Parse("""{"a":1.00,"b":[5.001],"c":1}"""), JsonElement.Parse("""{"a":1.01,"b":[5],"c":2}"""), new Tolerance(0.01, 0), [], [])
            .Kept.Select(difference => difference.ToString()));

    private static IEnumerable<string> Shown(string reference, string compared) =>
        Between(reference, compared).Kept.Select(difference => difference.ToString());

    private static FoundDifferences Between(string reference, string compared, params string[] secrets) =>
        JsonDifference.Between(JsonElement.Parse(reference), JsonElement.Parse(compared), Tolerance.None, [], secrets);

    private static string Json(object value) => JsonSerializer.Serialize(value, ConfigJson.Options);
}
