using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Support;
using Spearmint.Strategies;
using static Spearmint.Host.Support.Reading;

namespace Spearmint.Host.Experiments.Reading;

public sealed class DefinitionReaderTests
{
    private const string Configs = "configs: [{id: a, codec: gzip, level: fastest}, {id: b, codec: brotli, level: optimal}]";
    private const string Rest = $"{Configs}\ntarget: {{code: compress}}";

    [Fact]
    public void Every_part_of_a_file_is_read()
    {
        var definition = Right("""
            name: shop
            description: Tries another level.
            strategy:
              type: sampled
              rate: 0.5
              inner: { type: shadow, primary: b }
              otherwise: { type: single_config, config: b }
            configs:
              - { id: a, codec: gzip, level: fastest, pin: "007", deep: { pass: hush } }
              - { id: b, codec: brotli, level: optimal }
            secrets: [deep.pass]
            target: { code: compress }
            record: { output: false, input: true }
            compare:
              ignorePaths: { ids are random: $.id }
              tolerance: { relative: 0.01 }
              reference: b
            settings:
              deadline: 2s
              shadowDeadline: 00:00:20
              maxConcurrentShadows: 0
              shadowQueueLimit: 1
              maxConcurrentRuns: 500
              shadowSampleRate: 0.1
              shadowsPaused: true
              noiseRate: 0.2
              shadowOrder: random
              shadowOrderSeed: 7
              weights: { a: 1, b: 3.5 }
              participation: { share: 0.25, allowedKeys: [me], deniedKeys: [you], startsAt: "2026-03-01T12:00:00Z" }
              quarantine: { failureLimit: 3, failureShare: 1, window: 1m, pause: 500ms, longestPause: 1h }
            """);

        Assert.Equal(("shop", "Tries another level.", "sampled"), (definition.Name, definition.Description, definition.Strategy.Name));
        Assert.Equal((false, true), (definition.RecordOutput, definition.RecordInput));
        Assert.Equal(["a", "b"], definition.Configs.Select(config => config.Id));
        Assert.Equal(
            """{"codec":"gzip","level":"fastest","pin":"007","deep":{"pass":"***"}}""", definition.Configs[0].RedactedValues.GetRawText());
        Assert.Equal("b", definition.Compare!.ReferenceConfigId);
        var settings = definition.Settings;
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20)), (settings.Deadline, settings.ShadowDeadline!.Value));
        Assert.Equal((0, 1, 500), (settings.MaxConcurrentShadows, settings.ShadowQueueLimit, settings.MaxConcurrentRuns!.Value));
        Assert.Equal((0.1, true, 0.2), (settings.ShadowSampleRate, settings.ShadowsPaused, settings.NoiseRate));
        Assert.Equal((ShadowOrder.Random, 7), (settings.ShadowOrder, settings.ShadowOrderSeed));
        Assert.Equal((1, 3.5), (settings.Weights["a"], settings.Weights["b"]));
        Assert.Equal(
            new Participation { Share = 0.25, AllowedKeys = ["me"], DeniedKeys = ["you"], StartsAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero) },
            settings.Participation);
        Assert.Equal(
            new QuarantineSettings
            {
                FailureLimit = 3,
                FailureShare = 1,
                Window = TimeSpan.FromMinutes(1),
                Pause = TimeSpan.FromMilliseconds(500),
                LongestPause = TimeSpan.FromHours(1),
            },
            settings.Quarantine);
    }

    [Fact]
    public void What_a_file_does_not_say_has_its_default()
    {
        var definition = Right($"name: shop\nstrategy: round_robin\n{Rest}");

        Assert.Equal((true, false), (definition.RecordOutput, definition.RecordInput));
        Assert.Null(definition.Compare);
        Assert.Null(definition.Front);
        Assert.Equal(StrategySettings.Default.Deadline, definition.Settings.Deadline);
        Assert.Equal(Participation.Everybody, definition.Settings.Participation);
    }

    [Fact]
    public void JSON_is_read_as_YAML_is()
    {
        var definition = Right("{\n\t\"name\": \"shop\",\n\t\"strategy\": {\"type\": \"shadow\", \"primary\": \"b\"},\n\t\"configs\": [{\"id\": \"b\", \"codec\": \"gz\\u0069p\"}],\n\t\"target\": {\"code\": \"compress\"}\n}\n");

        Assert.Equal("gzip", definition.Configs[0].Get<string>("codec"));
    }

    [Fact]
    public void A_sweep_stands_for_its_configs()
    {
        var definition = Right("""
            name: shop
            strategy: multi_branch
            configs: { codec: { $sweep: [gzip, brotli] }, level: { $sweep: [fastest, smallest] } }
            target: { code: compress }
            """);

        Assert.Equal(4, definition.Configs.Count);
        Assert.Equal("""{"codec":"gzip","level":"smallest"}""", definition.Configs[1].Values.GetRawText());
    }

    [Theory]
    [InlineData("strict_round_robin", "strict_round_robin")]
    [InlineData("first_success", "first_success")]
    [InlineData("weighted", "weighted")]
    [InlineData("random", "random")]
    [InlineData("sticky", "sticky")]
    [InlineData("{type: hedge, delay: 50ms}", "hedge")]
    [InlineData("{type: pick, choices: [{weight: 2, strategy: round_robin}, {strategy: {type: shadow}}]}", "pick")]
    [InlineData("{type: sampled, rate: 0, inner: shadow}", "sampled")]
    public void Every_strategy_can_be_named(string strategy, string name)
    {
        var definition = Right($"name: shop\nstrategy: {strategy}\n{Rest}");

        Assert.Equal(name, definition.Strategy.Name);
        Assert.NotEmpty(definition.Strategy.Create().Plan(new PlanRequest(Guid.NewGuid(), "shop", definition.Configs, null)).Branches);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("-0.5e3", "-0.5e3")]
    [InlineData("+7", "7")]
    [InlineData("007", "7")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData(".5", "0.5")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("true", "true")]
    [InlineData("~", "null")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("2026-03-01", "\"2026-03-01\"")]
    [InlineData("'1'", "\"1\"")]
    [InlineData("!!str 1", "\"1\"")]
    [InlineData("1e999", "1e999")]
    public void Values_are_those_of_the_core_schema(string yaml, string json)
    {
        var definition = Right($"name: shop\nstrategy: shadow\nconfigs: [{{codec: gzip, value: {yaml}}}]\ntarget: {{code: compress}}");

        Assert.Equal(json, definition.Configs[0].Values.GetProperty("value").GetRawText());
    }

    // the place where each is wrong, and what is said
    public static TheoryData<string, int, int, string> BadFiles => new()
    {
        { "", 1, 1, "The file is empty" },
        { "# nothing\n", 1, 1, "The file is empty" },
        { "- a\n", 1, 1, "A file is a mapping of keys, such as 'name: shop'; this is a list" },
        { "name: [a\nb: c", 1, 7, "This is no YAML" },
        { $"name: a\nname: b\nstrategy: shadow\n{Rest}", 2, 1, "Duplicate key" },
        { $"name: a\nstrategy: shadow\n{Rest}\n---\nname: b", 6, 1, "A file holds one experiment" },
        { new string('[', 100_000), 1, 63, "nested more than" },
        { $"strategy: shadow\n{Rest}", 1, 1, "The file has no 'name'" },
        { $"name: shop\n{Rest}", 1, 1, "The file has no 'strategy'" },
        { $"name: shop\nstrategy: shadow\ntarget: {{code: compress}}", 1, 1, "The file has no 'configs'" },
        { $"name: shop\nstrategy: shadow\n{Configs}", 1, 1, "The file has no 'target'" },
        { $"name: my shop\nstrategy: shadow\n{Rest}", 1, 7, "'name' is 'my shop' and must be of letters" },
        { $"name: ../shop\nstrategy: shadow\n{Rest}", 1, 7, "must be of letters" },
        { $"name: shadow\nstrategy: shadow\n{Rest}", 1, 7, "'shadow' is the name of a strategy" },
        { $"name: taken\nstrategy: shadow\n{Rest}", 1, 7, "The name 'taken' is that of other.yaml" },
        { $"name: shop\nstrategy: shadow\nstrategie: x\n{Rest}", 3, 1, "has no key 'strategie'. Known: name, description, configs, secrets, strategy" },
        { $"name: shop\nstrategy: shadwo\n{Rest}", 2, 11, "There is no strategy 'shadwo'. Known: shadow, round_robin" },
        { $"name: shop\nstrategy: [shadow]\n{Rest}", 2, 11, "A strategy is a list" },
        { $"name: shop\nstrategy: {{primary: a}}\n{Rest}", 2, 11, "'strategy' has no 'type'" },
        { $"name: shop\nstrategy: {{type: shadow, primary: c}}\n{Rest}", 2, 35, "No config has the id 'c'. Known: a, b" },
        { $"name: shop\nstrategy: {{type: shadow, main: a}}\n{Rest}", 2, 26, "'strategy' has no key 'main'. Known: type, primary" },
        { $"name: shop\nstrategy: hedge\n{Rest}", 2, 11, "A hedge has no 'delay'" },
        { $"name: shop\nstrategy: {{type: hedge, delay: 2}}\n{Rest}", 2, 32, "'delay' is '2' and must be a time above zero and at most a day, such as 500ms" },
        { $"name: shop\nstrategy: {{type: sampled, rate: 2, inner: shadow}}\n{Rest}", 2, 33, "'rate' is '2' and must be a number from 0 to 1" },
        { $"name: shop\nstrategy: {{type: sampled, rate: 1}}\n{Rest}", 2, 11, "'strategy' has no 'inner'" },
        { $"name: shop\nstrategy: {{type: pick, choices: []}}\n{Rest}", 2, 33, "'choices' must have at least one" },
        { $"name: shop\nstrategy: {{type: pick, choices: [{{weight: 0, strategy: shadow}}]}}\n{Rest}", 2, 11, "above 0" },
        { $"name: shop\nstrategy: shadow\nsettings: {{deadline: 2d}}\n{Rest}", 3, 22, "'deadline' is '2d' and must be a time" },
        { $"name: shop\nstrategy: shadow\nsettings: {{deadline: 0s}}\n{Rest}", 3, 22, "above zero" },
        { $"name: shop\nstrategy: shadow\nsettings:\n  maxConcurrentRuns: 0\n{Rest}", 4, 22, "must be a whole number of at least 1" },
        { $"name: shop\nstrategy: shadow\nsettings:\n  maxConcurrentShadows: 1.5\n{Rest}", 4, 25, "must be a whole number" },
        { $"name: shop\nstrategy: shadow\nsettings:\n  shadowsPaused: yes\n{Rest}", 4, 18, "'shadowsPaused' is 'yes' and must be true or false" },
        { $"name: shop\nstrategy: shadow\nsettings:\n  deadlin: 1s\n{Rest}", 4, 3, "'settings' has no key 'deadlin'. Known: deadline, shadowDeadline" },
        { $"name: shop\nstrategy: shadow\nsettings:\n  quarantine: on\n{Rest}", 4, 15, "must be off, or a mapping" },
        { $"name: shop\nstrategy: shadow\nsettings:\n  weights: {{c: 1}}\n{Rest}", 4, 13, "No config has the id 'c'" },
        { $"name: shop\nstrategy: weighted\nsettings:\n  weights: {{a: 1e308, b: 1e308}}\n{Rest}", 4, 12, "The sum of the weights" },
        { $"name: shop\nstrategy: weighted\nsettings:\n  weights: {{a: 0, b: 0}}\n{Rest}", 4, 12, "Every config has the weight 0" },
        { $"name: shop\nstrategy: shadow\nsettings:\n  participation: {{allowedKeys: [x], deniedKeys: [x]}}\n{Rest}", 4, 18, "The key 'x' is both in" },
        { $"name: shop\nstrategy: shadow\nsettings: 1\n{Rest}", 3, 11, "'settings' is '1' and must be a mapping" },
        { $"name: shop\nstrategy: shadow\nrecord: {{outputs: true}}\n{Rest}", 3, 10, "'record' has no key 'outputs'. Known: output, input" },
        { $"name: shop\nstrategy: shadow\ncompare:\n  ignorePaths:\n    ids: id\n{Rest}", 5, 10, "id" },
        { $"name: shop\nstrategy: multi_branch\ncompare: {{reference: c}}\n{Rest}", 3, 22, "No config has the id 'c'" },
        { $"name: shop\nstrategy: shadow\ncompare: {{tolerance: -1}}\n{Rest}", 3, 22, "'tolerance' is '-1' and must be a number of at least 0" },
        { "name: shop\nstrategy: shadow\nconfigs: []\ntarget: {code: compress}", 3, 10, "'configs' is empty" },
        { "name: shop\nstrategy: shadow\nconfigs: 1\ntarget: {code: compress}", 3, 10, "'configs' is '1' and must be a list" },
        { "name: shop\nstrategy: shadow\nconfigs:\n  - 1\ntarget: {code: compress}", 4, 5, "A config is '1' and must be a mapping" },
        { "name: shop\nstrategy: shadow\nconfigs:\n  - {id: a}\n  - {id: a}\ntarget: {code: compress}", 5, 5, "Two configs have the id 'a' (the other is in line 4)" },
        { "name: shop\nstrategy: shadow\nconfigs:\n  - {id: a, codec: {$sweep: [gzip, zlib]}}\ntarget: {code: compress}", 4, 5, "Config 'a' has an id and a sweep" },
        { "name: shop\nstrategy: shadow\nconfigs:\n  codec: {$sweep: []}\ntarget: {code: compress}", 4, 3, "A sweep has no values" },
        { "name: shop\nstrategy: shadow\nconfigs:\n  - codec: gzip\n    <<: {a: 1}\ntarget: {code: compress}", 5, 5, "Merge keys (<<) are not read" },
        { "name: shop\nstrategy: shadow\nconfigs:\n  - {codec: gzip, n: .nan}\ntarget: {code: compress}", 4, 22, ".nan is no number that JSON has" },
        { $"name: shop\nstrategy: shadow\nsecrets: [pass]\n{Rest}", 3, 11, "No config has a value at 'pass'" },
        { $"name: shop\nstrategy: shadow\n{Configs}\ntarget: {{}}", 4, 9, "exactly one of http, exec and code" },
        { $"name: shop\nstrategy: shadow\n{Configs}\ntarget: {{code: nope}}", 4, 16, "There is no function 'nope'. Known: compress" },
        { "name: shop\nstrategy: shadow\nconfigs: [{codec: zip}]\ntarget: {code: compress}", 4, 16, "do not fit CompressConfig" },
        { $"name: shop\nstrategy: shadow\nfront: true\n{Rest}", 4 + 1, 9, "A front passes requests on by 'target.http'" },
        { $"name: shop\nstrategy: {{type: sampled, rate: 0.5, inner: multi_branch}}\nfront: true\n{Rest}", 3, 8, "the strategy multi_branch answers with all branches" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_bad_file_is_refused_with_the_place_and_the_reason(string text, int line, int column, string reason)
    {
        var (definition, problems) = Read(text);

        Assert.Null(definition);
        var first = problems.FirstOrDefault(problem => problem.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.True(first is not null, string.Join('\n', problems));
        Assert.Equal((line, column), (first.Line, first.Column));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_in_the_order_of_the_lines()
    {
        var (_, problems) = Read("name: my shop\nstrategy: nope\nsettings: {deadline: 2}\nconfigs: [{id: a, codec: gzip}]\ntarget: {code: compres}\nmore: 1");

        Assert.Equal([1, 2, 3, 5, 6], problems.Select(problem => problem.Line));
    }

    [Fact]
    public void Aliases_that_stand_for_millions_of_values_are_refused()
    {
        var lines = Enumerable.Range(1, 9).Select(level => $"  l{level}: &l{level} [{string.Join(", ", Enumerable.Repeat($"*l{level - 1}", 9))}]");

        var (_, problems) = Read($"name: shop\nstrategy: shadow\nconfigs:\n  l0: &l0 [x]\n{string.Join('\n', lines)}\ntarget: {{code: compress}}");

        Assert.Contains(problems, problem => problem.Reason.Contains("values; use fewer aliases", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("configs: {CONFIG}")]
    [InlineData("configs: [{CONFIG}]")]
    [InlineData("configs: {deep: {CONFIG}, none: {$sweep: []}}")]
    public void Sweeps_that_stand_for_millions_of_configs_are_refused_before_they_are_made(string configs)
    {
        var twenty = string.Join(", ", Enumerable.Range(1, 20));
        var sweeps = string.Join(", ", Enumerable.Range(1, 6).Select(sweep => $"s{sweep}: {{$sweep: [{twenty}]}}"));

        var (definition, problems) = Read($"name: shop\nstrategy: shadow\n{configs.Replace("CONFIG", sweeps, StringComparison.Ordinal)}\ntarget: {{code: compress}}");

        Assert.Null(definition);
        Assert.Contains(problems, problem => problem.Reason.Contains("at most 1000", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_of_sweeps_is_refused_where_it_passes_the_most_that_are_taken()
    {
        var lists = string.Join('\n', Enumerable.Range(0, 400).Select(item => $"  - {{codec: gzip, n: {item}, m: {{$sweep: [1, 2, 3]}}}}"));

        var (definition, problems) = Read($"name: shop\nstrategy: shadow\nconfigs:\n{lists}\ntarget: {{code: compress}}");

        Assert.Null(definition);
        Assert.Equal(337, problems[0].Line);
        Assert.Contains("at most 1000", problems[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("? &a [*a]\n: 1", 1, 3)]
    [InlineData("name: &n x\n? *n\n: 1", 2, 3)]
    [InlineData("name: shop\n? {a: b}\n: 1", 2, 3)]
    [InlineData("name: shop\ntarget: {http: {url: {{input}}}}", 2, 23)]
    public void A_key_that_is_no_text_is_refused(string text, int line, int column)
    {
        var (definition, problems) = Read(text);

        Assert.Null(definition);
        var problem = Assert.Single(problems);
        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.Contains("A key is a text", problem.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: shop\nstrategy: &s {type: sampled, rate: 1, inner: *s}")]
    [InlineData("name: shop\nstrategy: {type: sampled, rate: 1, inner: *s}\nmore: &s {type: sampled, rate: 1, inner: shadow}")]
    public void An_alias_of_what_has_not_ended_is_refused(string text)
    {
        var (definition, problems) = Read($"{text}\n{Rest}");

        Assert.Null(definition);
        Assert.Contains("before it", Assert.Single(problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_that_nest_too_deep_are_refused()
    {
        var lines = Enumerable.Range(1, 10_000).Select(level => $"  - &l{level} {{type: sampled, rate: 1, inner: *l{level - 1}}}");

        var (definition, problems) = Read($"more:\n  - &l0 shadow\n{string.Join('\n', lines)}\nname: shop\nstrategy: *l10000\n{Rest}");

        Assert.Null(definition);
        Assert.Contains("nested more than", Assert.Single(problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_that_leads_back_to_itself_is_refused()
    {
        var (definition, problems) = Read("name: shop\nstrategy: shadow\nconfigs:\n  a: &a [*a]\ntarget: {code: compress}");

        Assert.Null(definition);
        Assert.NotEmpty(problems);
    }
}
