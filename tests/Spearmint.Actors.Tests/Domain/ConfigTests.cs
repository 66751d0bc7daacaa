using Spearmint.Support;

namespace Spearmint.Domain;

public sealed class ConfigTests
{
    [Theory]
    [InlineData("[1]", "array")]
    [InlineData("\"text\"", "string")]
    [InlineData("null", "null")]
    public void What_is_no_object_is_refused_with_what_it_is(string json, string kind) =>
        Assert.Contains(kind, Assert.Throws<ArgumentException>(() => { Config.FromJson(json); }).Message);

    [Fact]
    public void Json_text_given_as_an_object_is_refused_with_a_hint() =>
        Assert.Contains("FromJson", Assert.Throws<ArgumentException>(() => { Config.From("""{"a":1}"""); }).Message);

    [Fact]
    public void Broken_json_is_refused_with_the_place() =>
        Assert.Contains("not valid JSON", Assert.Throws<ArgumentException>(() => { Config.FromJson("""{"a":"""); }).Message);

    [Fact]
    public void Duplicate_keys_are_refused() =>
        Assert.Contains("Duplicate", Assert.Throws<ArgumentException>(() => { Config.FromJson("""{"a":1,"a":2}"""); }).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Values_that_cannot_be_written_as_json_are_refused() =>
        Assert.Contains("cannot be written as JSON", Assert.Throws<ArgumentException>(() => { Config.From(new { callback = (Action)(() => { }) }); }).Message);

    [Fact]
    public void A_cycle_is_refused()
    {
        var node = new Node();
        node.Next = node;

        Assert.Contains("cannot be written as JSON", Assert.Throws<ArgumentException>(() => { Config.From(node); }).Message);
    }

    [Fact]
    public void A_blank_id_is_refused() => Assert.Throws<ArgumentException>(() => { Config.From(new { a = 1 }, " "); });

    [Fact]
    public void Values_that_do_not_fit_are_an_error_that_names_config_path_and_type()
    {
        var error = Assert.Throws<ConfigBindingException>(() => Config.FromJson("""{"a":{"b":"text"}}""", "the-id").Get<int>("a.b"));

        Assert.Contains("'the-id'", error.Message);
        Assert.Contains("'a.b'", error.Message);
        Assert.Contains("Int32", error.Message);
    }

    [Fact]
    public void Enums_are_kept_by_name_and_bind_from_it()
    {
        var config = Config.From(new { day = DayOfWeek.Friday });

        Assert.Equal("""{"day":"Friday"}""", config.Values.GetRawText());
        Assert.Equal(DayOfWeek.Friday, config.Get<DayOfWeek>("day"));
    }

    [Fact]
    public void Paths_lead_into_arrays_and_ignore_case() => Assert.Equal(2, Config.FromJson("""{"Items":[{"size":1},{"size":2}]}""").Get<int>("items.1.Size"));

    [Fact]
    public void A_type_that_cannot_change_is_bound_once_and_any_other_anew()
    {
        var config = Config.FromJson("""{"name":"n","tags":["t"]}""");

        Assert.Same(config.Get<Fixed>(), config.Get<Fixed>());
        Assert.NotSame(config.Get<Changeable>(), config.Get<Changeable>());
        Assert.NotSame(config.Get<HoldsList>(), config.Get<HoldsList>());
    }

    [Fact]
    public void Marking_a_path_that_is_missing_as_secret_is_an_error() =>
        Assert.Throws<KeyNotFoundException>(() => { Some.Config("a").WithSecrets("absent"); });

    [Fact]
    public void Marking_a_secret_keeps_the_id() =>
        Assert.Equal(Config.From(new { pin = "12345" }).Id, Config.From(new { pin = "12345" }).WithSecrets("pin").Id);

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed record Fixed(string Name);

    private sealed record HoldsList(List<string> Tags);

    private sealed class Changeable
    {
        public string? Name { get; set; }
    }
}
