using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Contract;

public sealed class ConfigRules : SpearmintKit
{
    [Fact]
    public void Rule_1_a_config_is_a_snapshot_of_what_it_was_made_from()
    {
        var tags = new List<string> { "a" };
        var source = new Dictionary<string, object?> { ["tags"] = tags };
        var config = Config.From(source);

        tags.Add("b");
        source["more"] = 1;

        Assert.Equal("""{"tags":["a"]}""", config.Values.GetRawText());
    }

    [Fact]
    public async Task Rule_1_a_function_that_mutates_its_config_is_not_seen_by_a_sibling_branch_or_by_the_next_run()
    {
        var configs = new ConfigSet([Config.From(new { tags = new[] { "a" } }, "x"), Config.From(new { tags = new[] { "a" } }, "y")]);
        var experiment = Client.CreateExperiment<int, Mutable, int>(
            "mutating",
            (_, config, _) =>
            {
                config.Tags.Add("mutated");
                return Task.FromResult(config.Tags.Count);
            },
            configs,
            Strategies.Strategy.MultiBranch);

        for (var run = 0; run < 3; run++)
            Assert.All(await experiment.RunAllAsync(0).Soon(), branch => Assert.Equal(2, branch.Output));
    }

    [Fact]
    public void Rule_2_the_id_is_the_explicit_one_if_given() => Assert.Equal("fast", Config.From(new { a = 1 }, "fast").Id);

    [Fact]
    public void Rule_2_the_id_is_sixteen_hex_digits_of_the_sha256_of_the_canonical_json()
    {
        // printf '{"a":{"c":[1,2.5],"d":"é"},"b":null}' | sha256sum
        var config = Config.FromJson("""{ "b": null, "a": { "d": "\u00e9", "c": [1.0, 25e-1] } }""");

        Assert.Equal("""{"a":{"c":[1,2.5],"d":"é"},"b":null}""", System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(config.Values)));
        Assert.Equal("6eddbc545e8eee5e", config.Id);
    }

    [Fact]
    public void Rule_2_equal_content_has_the_same_id_whatever_its_source_and_key_order()
    {
        var ids = new[]
        {
            Config.From(new { model = "m", options = new { topK = 3, temperature = 0.5 } }).Id,
            Config.From(new Typed("m", new Options(3, 0.5))).Id,
            Config.From(new Dictionary<string, object?> { ["options"] = new Dictionary<string, object?> { ["temperature"] = 0.5m, ["topK"] = 3L }, ["model"] = "m" }).Id,
            Config.FromJson("""{"options":{"temperature":5.0e-1,"topK":3},"model":"m"}""").Id,
        };

        Assert.Single(ids.Distinct());
    }

    [Fact]
    public void Rule_2_the_id_is_never_written_into_the_values() =>
        Assert.Equal("""{"a":1}""", Config.From(new { a = 1 }, "explicit").Values.GetRawText());

    [Fact]
    public void Rule_3_two_configs_of_one_run_with_the_same_id_are_an_argument_error_that_names_the_id()
    {
        var error = Assert.Throws<ArgumentException>(() => new Protocol.RunExperiment(Some.ConfigId, [Some.Config("twin"), Some.Config("twin")]));

        Assert.Contains("'twin'", error.Message);
    }

    [Fact]
    public void Rule_4_a_typed_view_is_bound_from_the_whole_config_with_the_defaults_of_its_type()
    {
        var typed = Config.FromJson("""{"options":{"topK":7}}""").Get<Typed>()!;

        Assert.Equal("default-model", typed.Model);
        Assert.Equal(new Options(7, 0.25), typed.Options);
    }

    [Fact]
    public void Rule_4_a_typed_view_is_bound_from_a_dotted_path() =>
        Assert.Equal(7, Config.FromJson("""{"options":{"topK":7}}""").Get<int>("options.topK"));

    [Fact]
    public void Rule_4_a_missing_path_is_an_error_that_names_it()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Config.FromJson("""{"options":{"topK":7}}""").Get<int>("options.temperature"));

        Assert.Contains("options.temperature", error.Message);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("\"\"", "")]
    [InlineData("false", false)]
    [InlineData("null", null)]
    public void Rule_4_falsy_values_bind_as_they_are(string json, object? expected)
    {
        var config = Config.FromJson($$$"""{"a":{"b":{{{json}}}}}""");

        object? bound = expected switch
        {
            int => config.Get<int>("a.b"),
            string => config.Get<string>("a.b"),
            bool => config.Get<bool>("a.b"),
            _ => config.Get<string>("a.b"),
        };
        Assert.Equal(expected, bound);
        Assert.Equal(expected is null ? JsonValueKind.Null : JsonSerializer.SerializeToElement(expected).ValueKind, config.Values.GetProperty("a").GetProperty("b").ValueKind);
    }

    private sealed class Mutable
    {
        public List<string> Tags { get; set; } = [];
    }

    private sealed record Typed(string Model = "default-model", Options? Options = null);

    private sealed record Options(int TopK = 5, double Temperature = 0.25);
}
