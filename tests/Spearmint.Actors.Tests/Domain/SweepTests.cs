namespace Spearmint.Domain;

public sealed class SweepTests
{
    [Fact]
    public void Sweeps_expand_to_their_cartesian_product_the_first_declared_key_slowest() =>
        Assert.Equal(
            ["""{"codec":"gzip","level":1}""", """{"codec":"gzip","level":2}""", """{"codec":"br","level":1}""", """{"codec":"br","level":2}"""],
            Texts(Config.Expand(new { codec = Sweep.Of("gzip", "br"), level = Sweep.Of(1, 2) })));

    [Fact]
    public void Nested_sections_and_arrays_are_swept_too() =>
        Assert.Equal(
            ["""{"a":{"b":1},"c":[3]}""", """{"a":{"b":1},"c":[4]}""", """{"a":{"b":2},"c":[3]}""", """{"a":{"b":2},"c":[4]}"""],
            Texts(Config.Expand(new { a = new { b = Sweep.Of(1, 2) }, c = new object[] { Sweep.Of(3, 4) } })));

    [Fact]
    public void A_value_of_a_sweep_may_contain_a_sweep() =>
        Assert.Equal(
            ["""{"model":{"name":"small"}}""", """{"model":{"name":"large","size":1}}""", """{"model":{"name":"large","size":2}}"""],
            Texts(Config.Expand(new { model = Sweep.Of(new { name = "small" }, new { name = "large", size = Sweep.Of(1, 2) }) })));

    [Fact]
    public void Values_without_a_sweep_are_one_config() => Assert.Single(Config.Expand(new { a = 1 }));

    [Fact]
    public void Null_is_a_value_of_a_sweep() =>
        Assert.Equal(["""{"a":null}""", """{"a":1}"""], Texts(Config.Expand(new { a = Sweep.Of(null, 1) })));

    [Fact]
    public void A_sweep_of_a_sequence_has_its_values() =>
        Assert.Equal(["""{"a":0}""", """{"a":1}""", """{"a":2}"""], Texts(Config.Expand(new { a = Sweep.Of(Enumerable.Range(0, 3)) })));

    [Fact]
    public void Sweeps_are_written_in_json_too() =>
        Assert.Equal(["""{"a":1}""", """{"a":2}"""], Texts(Config.ExpandJson("""{"a":{"$sweep":[1,2]}}""")));

    [Fact]
    public void An_empty_sweep_is_an_error()
    {
        Assert.Contains("no values", Assert.Throws<ArgumentException>(() => { Sweep.Of(); }).Message);
        Assert.Contains("no values", Assert.Throws<ArgumentException>(() => { Config.ExpandJson("""{"a":{"$sweep":[]}}"""); }).Message);
    }

    [Fact]
    public void A_sweep_with_something_beside_it_is_an_error() =>
        Assert.Contains("$sweep", Assert.Throws<ArgumentException>(() => { Config.ExpandJson("""{"a":{"$sweep":[1],"b":2}}"""); }).Message);

    [Fact]
    public void Equal_combinations_are_an_error_that_names_their_id() =>
        Assert.Contains(Config.From(new { a = 1 }).Id, Assert.Throws<ArgumentException>(() => { Config.Expand(new { a = Sweep.Of(1, 1.0) }); }).Message);

    [Fact]
    public void A_single_config_with_a_sweep_in_it_is_an_error_that_says_what_to_use() =>
        Assert.Contains("Config.Expand", Assert.Throws<ArgumentException>(() => { Config.From(new { a = Sweep.Of(1) }); }).Message);

    private static IEnumerable<string> Texts(IEnumerable<Config> configs) => configs.Select(config => config.Values.GetRawText());
}
