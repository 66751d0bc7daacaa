using System.Text.Json;

namespace Spearmint.Host.Targets;

public sealed class JsonPathTests
{
    private static readonly JsonElement Json = JsonElement.Parse("""{"a":{"b":[{"c":1},{"c":2}]},"x y":{"it's":3},"é":4,"n":null}""");

    [Theory]
    [InlineData("$.a.b[0].c", "1")]
    [InlineData("$.a.b[-1].c", "2")]
    [InlineData("$['a'][\"b\"][1]['c']", "2")]
    [InlineData("$['x y']['it\\'s']", "3")]
    [InlineData("$.é", "4")]
    [InlineData("$.n", "null")]
    [InlineData("$.a.b[1]", """{"c":2}""")]
    public void A_path_finds_its_place(string path, string expected)
    {
        Assert.True(JsonPath.Parse(path).TryFind(Json, out var found));
        Assert.Equal(expected, found.GetRawText());
    }

    [Theory]
    [InlineData("$.a.b[2]")]
    [InlineData("$.a.b[-3]")]
    [InlineData("$.a[0]")]
    [InlineData("$.a.b.c")]
    [InlineData("$.A")]
    [InlineData("$.n.x")]
    public void A_place_that_is_not_there_is_not_found(string path) => Assert.False(JsonPath.Parse(path).TryFind(Json, out _));

    [Theory]
    [InlineData("", "begins with $")]
    [InlineData("a.b", "begins with $")]
    [InlineData("$a", "neither . nor [")]
    [InlineData("$..a", "several places")]
    [InlineData("$.*", "several places")]
    [InlineData("$.a[*]", "[*] is neither an index")]
    [InlineData("$.a[0:2]", "[0:2] is neither an index")]
    [InlineData("$.a[?(@.b)]", "is neither an index")]
    [InlineData("$.a[0", "a ] is missing")]
    [InlineData("$.a['b]", "'] is missing")]
    [InlineData("$.", "a name is missing")]
    [InlineData("$.a b", "neither . nor [")]
    public void What_is_no_path_to_one_place_is_refused_with_the_reason(string path, string reason)
    {
        var e = Assert.Throws<FormatException>(() => JsonPath.Parse(path));

        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Contains("$.a.b[0].c", e.Message, StringComparison.Ordinal);
    }
}
