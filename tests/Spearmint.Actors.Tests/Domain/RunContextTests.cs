namespace Spearmint.Domain;

public sealed class RunContextTests
{
    [Fact]
    public void It_is_a_copy()
    {
        var given = new Dictionary<string, string> { ["tenant"] = "7" };
        var context = RunContext.From(given, []);

        given["tenant"] = "8";

        Assert.Equal("7", Assert.Single(context).Value);
        Assert.Throws<NotSupportedException>(() => ((IDictionary<string, string>)context).Clear());
        Assert.Same(context, RunContext.From(context, []));
    }

    [Fact]
    public void Values_under_names_that_look_secret_and_known_secrets_are_blotted_out()
    {
        var context = RunContext.From(
            new Dictionary<string, string> { ["apiKey"] = "abc", ["PASSWORD"] = "def", ["url"] = "https://host?sig=hush", ["user"] = "7" }, ["hush"]);

        Assert.Equal(["***", "***", "https://host?sig=***", "7"], context.Values);
    }

    [Fact]
    public void What_is_too_much_is_cut()
    {
        var long1 = new string('n', RunContext.MaxName) + "1";
        var given = Enumerable.Range(0, 40).ToDictionary(number => $"name{number}", number => $"{number}");
        var context = RunContext.From(given.Prepend(KeyValuePair.Create(long1, new string('v', 2000))).ToDictionary(), []);

        Assert.Equal(RunContext.MaxEntries, context.Count);
        Assert.Equal(new string('v', RunContext.MaxValue), context[long1[..RunContext.MaxName]]);
        Assert.Equal("30", context["name30"]);
        Assert.DoesNotContain("name31", context.Keys);
    }

    [Fact]
    public void A_value_that_is_null_is_empty() => Assert.Equal("", RunContext.From(new Dictionary<string, string> { ["tenant"] = null! }, [])["tenant"]);
}
