using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spearmint.Domain;
using static Spearmint.Comparing.Specimens;

namespace Spearmint.Comparing;

public sealed class OutputEqualityTests
{
    public static TheoryData<string, object?, object?> Equal => new()
    {
        { "nulls", null, null },
        { "texts", "a", new string('a', 1) },
        { "NaN", double.NaN, double.NaN },
        { "arrays", new[] { 1, 2 }, new[] { 1, 2 } },
        { "arrays with NaN", new[] { double.NaN, double.PositiveInfinity }, new[] { double.NaN, double.PositiveInfinity } },
        { "empty lists", new List<Plain>(), new List<Plain>() },
        { "a list and an array", new List<int> { 1 }, new[] { 1 } },
        { "dictionaries in another order", new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 } },
        { "empty dictionaries", new Dictionary<string, int>(), new Dictionary<string, int>() },
        { "different dictionaries", new Dictionary<string, int> { ["a"] = 1 }, new ConcurrentDictionary<string, int> { ["a"] = 1 } },
        { "immutable arrays", ImmutableArray.Create(1), ImmutableArray.Create(1) },
        { "sequences", new[] { 1, 2 }.Where(number => number > 1), new[] { 1, 2 }.Where(number => number > 1) },
        { "empty iterators", None(), None() },
        { "anonymous objects", new { A = new[] { 1 } }, new { A = new[] { 1 } } },
        { "tuples", (1, new[] { 2 }), (1, new[] { 2 }) },
        { "old tuples", Tuple.Create(new[] { 2 }), Tuple.Create(new[] { 2 }) },
        { "records", new Row(1, [2]), new Row(1, [2]) },
        { "derived records", new WideRow(1, [2], [3]), new WideRow(1, [2], [3]) },
        { "record structs", new Cell([1]), new Cell([1]) },
        { "structs", new Slot { Items = [1] }, new Slot { Items = [1] } },
        { "classes", new Plain { Name = "a", Field = 1 }, new Plain { Name = "a", Field = 1 } },
        { "lists of records", new List<Row> { new(1, [2]) }, new List<Row> { new(1, [2]) } },
        { "JSON with numbers written otherwise", JsonElement.Parse("""{"a":1.0,"b":[]}"""), JsonElement.Parse("""{"b":[],"a":1}""") },
        { "JSON nodes", JsonNode.Parse("""{"a":[1]}"""), JsonNode.Parse("""{"a":[1]}""") },
        { "objects without any state", new Nothing(), new Nothing() },
        { "parts with an equality of their own", new List<Account> { new("a") }, new List<Account> { new("a") } },
        { "large integers", new List<BigInteger> { 12 }, new List<BigInteger> { 12 } },
        { "parts written as their interface", new Drawing(new Circle { Radius = 1 }), new Drawing(new Circle { Radius = 1 }) },
        { "parts with a discriminator", new Zoo([new Cat()]), new Zoo([new Cat()]) },
        { "collections of one's own", new Bag(1, 2), new Bag(1, 2) },
    };

    public static TheoryData<string, object?, object?> Different => new()
    {
        { "null and something", null, "a" },
        { "something and null", new Plain(), null },
        { "an output and JSON's null", null, JsonElement.Parse("null") },
        { "numbers of different types", 1, 1L },
        { "texts that JSON numbers would be", "1", "1.0" },
        { "arrays", new[] { 1, 2 }, new[] { 2, 1 } },
        { "NaN and the text", new[] { double.NaN }, new[] { 0.0 } },
        { "records", new Row(1, [2]), new Row(1, [3]) },
        { "classes by a field", new Plain { Field = 1 }, new Plain { Field = 2 } },
        { "an equality of its own that JSON does not show", new Account("a"), new Account("b") },
        { "such a one within", new { A = new Account("a") }, new { A = new Account("b") } },
        { "such a one within a list", new List<BigInteger> { 12 }, new List<BigInteger> { 14 } },
        { "hidden state, equal or not", new Hidden(1), new Hidden(1) },
        { "hidden state within", new { A = new Hidden(1) }, new { A = new Hidden(2) } },
        { "hidden state in a list", new List<Hidden> { new(1) }, new List<Hidden> { new(2) } },
        { "mere objects", new object(), new object() },
        { "an empty collection of one's own", new Bag(), new Bag() },
        { "a list with more than its items", new Page { Total = 1 }, new Page { Total = 2 } },
        { "types that look alike", new Approved(), new Refused() },
        { "types that look alike within", new List<Decision> { new Approved() }, new List<Decision> { new Refused() } },
        { "what an interface does not show", new Drawing(new Circle { Radius = 1 }), new Drawing(new Circle { Radius = 2 }) },
        { "discriminators", new Zoo([new Cat()]), new Zoo([new Dog()]) },
        { "objects in a circle", Circular(), Circular() },
        { "functions", () => 1, () => 1 },
        { "a getter that throws", new Throwing(), new Throwing() },
        { "too deep", Deep(100), Deep(100) },
        { "records of different types", new Row(1, []), new WideRow(1, [], []) },
    };

    [Theory]
    [MemberData(nameof(Equal))]
    public async Task What_is_the_same_is_a_match(string what, object? reference, object? compared) =>
        Assert.True((await Pair.OfAsync(ComparisonRules.Equality, reference, compared)).Verdict == ComparisonVerdict.Match, what);

    [Theory]
    [MemberData(nameof(Different))]
    public async Task What_is_not_or_cannot_be_told_is_a_mismatch(string what, object? reference, object? compared) =>
        Assert.True((await Pair.OfAsync(ComparisonRules.Equality, reference, compared)).Verdict == ComparisonVerdict.Mismatch, what);

    [Theory]
    [MemberData(nameof(Different))]
    public async Task A_tolerance_makes_nothing_else_equal(string what, object? reference, object? compared)
    {
        if (what is "numbers of different types")
            return;

        var rules = ComparisonRules.For<object?, object?>().CompareWithin(0.5);
        Assert.True((await Pair.OfAsync(rules, reference, compared)).Verdict == ComparisonVerdict.Mismatch, what);
    }

    [Fact]
    public async Task What_is_the_same_object_is_a_match_whatever_it_is()
    {
        foreach (var output in new[] { new Hidden(1), Circular(), new object(), new Throwing() })
            Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(ComparisonRules.Equality, output, output)).Verdict);
    }

    [Fact]
    public async Task Objects_that_lead_back_to_themselves_behind_an_interface_come_to_an_end()
    {
        var (one, other) = (new Circle { Radius = 1 }, new Circle { Radius = 1 });
        (one.Of, other.Of) = (new Drawing(one), new Drawing(other));

        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(ComparisonRules.Equality, one, other)).Verdict);
    }

    [Fact]
    public async Task A_type_may_say_that_it_is_equal_whatever_its_JSON_is() =>
        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(ComparisonRules.Equality, new AnyCase("a"), new AnyCase("A"))).Verdict);

    [Fact]
    public async Task An_equality_that_throws_is_an_error() =>
        Assert.IsType<NotSupportedException>((await Pair.OfAsync(ComparisonRules.Equality, new Broken(), new Broken())).Error);

    private static IEnumerable<int> None()
    {
        yield break;
    }

    private static object Circular()
    {
        var node = new Node();
        node.Next = node;
        return node;
    }

    private static object Deep(int levels) => levels == 0 ? new int[1] : new[] { Deep(levels - 1) };
}
