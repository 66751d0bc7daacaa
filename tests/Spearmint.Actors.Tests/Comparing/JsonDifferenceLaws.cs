using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Spearmint.Domain;

namespace Spearmint.Comparing;

public sealed class JsonDifferenceLaws
{
    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf(
        Gen.Elements("0", "1", "1.0", "1e1", "10", "0.5", "-3").Select(text => JsonNode.Parse(text)),
        Gen.Elements("", "a", "é'\\").Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Elements("null", "true", "false").Select(text => JsonNode.Parse(text)));

    private static readonly Arbitrary<JsonElement> Documents = Node(3).Select(node => JsonSerializer.SerializeToElement(node)).ToArbitrary();

    [Fact]
    public void A_document_does_not_differ_from_itself() =>
        Prop.ForAll(Documents, document => Between(document, document).Count == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Documents_differ_when_they_are_not_deeply_equal() =>
        Prop.ForAll(Documents, Documents, (a, b) =>
            Between(a, b).Count == 0 == JsonElement.DeepEquals(a, b)
            && JsonDifference.IsNone(a, b, Tolerance.None) == JsonElement.DeepEquals(a, b)).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Seen_from_the_other_side_differences_have_their_sides_swapped() =>
        Prop.ForAll(Documents, Documents, (a, b) =>
            Sorted(Between(a, b)).SequenceEqual(Sorted(Between(b, a)).Select(difference => difference with
            {
                Reference = difference.Compared,
                Compared = difference.Reference,
            }))).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void No_two_differences_are_at_one_place() =>
        Prop.ForAll(Documents, Documents, (a, b) =>
            Between(a, b).Kept.Select(difference => difference.Path) is var paths && paths.Distinct().Count() == paths.Count()).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_place_that_was_changed_is_counted_and_at_most_a_hundred_are_kept() =>
        Prop.ForAll(Gen.Choose(0, 1).ArrayOf(400).ToArbitrary(), changes =>
        {
            var found = Between(JsonSerializer.SerializeToElement(new int[400]), JsonSerializer.SerializeToElement(changes));
            return found.Count == changes.Sum() && found.Kept.Count == Math.Min(100, changes.Sum());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_difference_is_gone_when_its_place_is_ignored() =>
        Prop.ForAll(Documents, Documents, (a, b) =>
        {
            var differences = Between(a, b).Kept;
            return differences.All(gone =>
            {
                var left = JsonDifference.Between(a, b, Tolerance.None, [new IgnoredPath("gone", gone.Path)], []);
                return left.Kept.SequenceEqual(differences.Where(difference => difference != gone)) && left.IgnoredBy.SequenceEqual(["gone"]);
            });
        }).QuickCheckThrowOnFailure();

    private static FoundDifferences Between(JsonElement a, JsonElement b) => JsonDifference.Between(a, b, Tolerance.None, [], []);

    private static IEnumerable<Difference> Sorted(FoundDifferences found) => found.Kept.OrderBy(difference => difference.Path, StringComparer.Ordinal);

    private static Gen<JsonNode?> Node(int depth)
    {
        if (depth == 0)
            return Leaf;

        var items = Gen.Choose(0, 4).SelectMany(count => Node(depth - 1).ArrayOf(count));
        var names = Gen.Shuffle(["a", "b", "odd name", "it's", "[0]"]);
        return Gen.OneOf(
            Leaf,
            items.Select(values => (JsonNode?)new JsonArray(values.Select(Copy).ToArray())),
            items.SelectMany(values => names.Select(order =>
                (JsonNode?)new JsonObject(order.Zip(values, (name, value) => KeyValuePair.Create(name, Copy(value)))))));
    }

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();
}
