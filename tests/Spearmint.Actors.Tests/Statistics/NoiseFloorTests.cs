using System.Text.Json.Nodes;
using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Statistics;

public sealed class NoiseFloorTests
{
    private readonly Random _random = new(20261122);

    [Fact]
    public void An_output_with_a_random_id_a_timestamp_and_one_bug_reports_the_bugs_path_only()
    {
        var statistics = Given.Statistics(Enumerable.Range(0, 5000).SelectMany(RunOf));
        var pair = statistics.Pair("a", "b")!;

        Assert.Equal(["$.total"], pair.Paths.Where(path => path.IsReal).Select(path => path.Path));
        Assert.Equal(["$.at", "$.id", "$.items[*].rank", "$.total"], pair.Paths.Select(path => path.Path).Order(StringComparer.Ordinal));
        Assert.InRange(pair.Paths[0].AboveNoise, 0.005, 0.015);
        Assert.All(pair.Paths.Skip(1), path => Assert.True(path.Mismatches.Rate > pair.Paths[0].Mismatches.Rate));
    }

    [Fact]
    public void The_noise_of_a_config_has_figures_of_its_own()
    {
        var statistics = Given.Statistics([Given.NoiseMismatch("$.id"), Given.Compared(ComparisonVerdict.Match, "a", "a", longer: 3), Given.Mismatch("$.id")]);

        var noise = Assert.Single(statistics.Noise);
        Assert.Equal(("a", "a", 2), (noise.ReferenceConfigId, noise.ConfigId, noise.Compared));
        Assert.Equal(2, noise.Latency.Count);
        var path = Assert.Single(Assert.Single(statistics.Pairs).Paths);
        Assert.Equal((new Proportion(1, 1), new Proportion(1, 2), true), (path.Mismatches, path.Noise, path.IsReal));
    }

    [Fact]
    public void Without_a_noise_arm_every_difference_is_real() =>
        Assert.True(Given.Statistics([Given.Mismatch("$.id")]).Pairs[0].Paths[0] is { IsReal: true, Noise: { Count: 0, Of: 0 } });

    [Fact]
    public void The_noise_of_another_reference_does_not_count() =>
        Assert.True(Given.Statistics([Given.Mismatch("$.id"), Given.Compared(ComparisonVerdict.Mismatch, "b", "b", differences: Given.At("$.id"))])
            .Pairs[0].Paths[0].IsReal);

    [Fact]
    public void Noise_takes_no_room_from_real_differences()
    {
        var noise = Enumerable.Range(0, 3000).Select(number => Given.Compared(
            ComparisonVerdict.Mismatch, $"c{number % 50}", $"c{number % 50}", differences: Given.At($"$.n{number}")));

        var pair = Assert.Single(Given.Statistics([.. noise, Given.Mismatch("$.bug")]).Pairs);

        Assert.Equal((1, 1), (pair.FirstMismatches.Count, pair.Paths[0].First.Count));
    }

    [Fact]
    public void The_rule_can_be_another_one()
    {
        ExperimentEvent[] events =
        [
            Given.Mismatch("$.id"), Given.Mismatch("$.id"), Given.Compared(ComparisonVerdict.Match),
            Given.NoiseMismatch("$.id"), Given.Compared(ComparisonVerdict.Match, "a", "a"),
        ];

        Assert.False(Given.Statistics(events).Pairs[0].Paths[0].IsReal);
        Assert.True(Given.Statistics(events, new NoiseRule(MinRelative: 0.1)).Pairs[0].Paths[0].IsReal);
    }

    [Fact]
    public void Noise_at_more_places_than_can_be_named_is_still_noise()
    {
        var statistics = Given.Statistics(Enumerable.Range(0, 3000).SelectMany(number =>
            (ExperimentEvent[])[Given.NoiseMismatch($"$.by_id.n{number}"), Given.Mismatch($"$.by_id.m{number}")]));

        Assert.DoesNotContain(statistics.Pairs[0].Paths, path => path.IsReal);
    }

    [Fact]
    public void Differences_at_more_places_than_can_be_named_have_all_of_the_noise()
    {
        var statistics = Given.Statistics(Enumerable.Range(0, 3000).SelectMany(number =>
            (ExperimentEvent[])[Given.NoiseMismatch("$.by_id.always"), Given.Mismatch($"$.by_id.m{number}")]));

        Assert.False(statistics.Pairs[0].Paths.Single(path => path.Path == "(other)").IsReal);
    }

    // every tenth run has a noise arm, the bug shows in one run of a hundred, and the order of two items is a matter of chance
    private IEnumerable<ExperimentEvent> RunOf(int number)
    {
        var reference = Output(0);
        yield return Compare("a", "b", reference, Output(number % 100 == 7 ? 1 : 0));
        if (number % 10 == 0)
            yield return Compare("a", "a", reference, Output(0));
    }

    private JsonObject Output(int bug)
    {
        var first = _random.Next(2);
        return new JsonObject
        {
            ["id"] = _random.NextInt64(),
            ["at"] = _random.NextInt64(),
            ["currency"] = "EUR",
            ["total"] = 12 + bug,
            ["items"] = new JsonArray(new JsonObject { ["rank"] = first }, new JsonObject { ["rank"] = 1 - first }),
        };
    }

    private static BranchCompared Compare(string reference, string compared, JsonObject left, JsonObject right)
    {
        var differences = Differences("$", left, right).ToArray();
        return Given.Compared(differences.Length == 0 ? ComparisonVerdict.Match : ComparisonVerdict.Mismatch, reference, compared, differences: differences);
    }

    private static IEnumerable<Difference> Differences(string path, JsonNode left, JsonNode right) => (left, right) switch
    {
        (JsonObject one, JsonObject other) => one.SelectMany(property => Differences($"{path}.{property.Key}", property.Value!, other[property.Key]!)),
        (JsonArray one, JsonArray other) => one.SelectMany((item, index) => Differences($"{path}[{index}]", item!, other[index]!)),
        _ => JsonNode.DeepEquals(left, right) ? [] : [new Difference(path, left.ToJsonString(), right.ToJsonString())],
    };
}
