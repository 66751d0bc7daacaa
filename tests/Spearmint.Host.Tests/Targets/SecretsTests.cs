using System.Text.Json;

namespace Spearmint.Host.Targets;

public sealed class SecretsTests
{
    private static readonly Secrets Secrets = new(["s3cr\"et/ö", "12345"]);

    [Theory]
    [InlineData("is s3cr\"et/ö here", "is *** here")]
    [InlineData("?k=s3cr%22et%2F%C3%B6", "?k=***")]
    [InlineData("{\"k\":\"s3cr\\\"et/ö\"}", "{\"k\":\"***\"}")]
    [InlineData("nothing", "nothing")]
    public void A_secret_is_blotted_out_in_every_form_that_it_has_been_sent_in(string text, string expected) => Assert.Equal(expected, Secrets.Scrub(text));

    [Theory]
    [InlineData("""{"a":["s3cr\u0022et/\u00f6"]}""", """{"a":["***"]}""")]
    [InlineData("""{"a":12345,"b":1}""", """{"a":"***","b":1}""")]
    [InlineData("""{"12345":null,"c":true}""", """{"***":null,"c":true}""")]
    public void It_is_blotted_out_of_values_too(string json, string expected) =>
        Assert.Equal(expected, Secrets.Scrub(JsonElement.Parse(json)).GetRawText());
}
