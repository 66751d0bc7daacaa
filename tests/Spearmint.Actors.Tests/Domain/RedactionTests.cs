using System.Text.Json;

namespace Spearmint.Domain;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("key")]
    [InlineData("apiKey")]
    [InlineData("API_KEY")]
    [InlineData("apikey")]
    [InlineData("x-api-key")]
    [InlineData("accessToken")]
    [InlineData("authtoken")]
    [InlineData("tokens")]
    [InlineData("client_secret")]
    [InlineData("clientsecret")]
    [InlineData("Password")]
    [InlineData("dbPassword")]
    [InlineData("connectionString")]
    [InlineData("connection_string")]
    [InlineData("ConnectionStrings")]
    [InlineData("connection string")]
    public void A_key_that_looks_like_a_secret_is_one(string key) => Assert.True(SecretKeys.LooksSecret(key, JsonElement.Parse("\"value\"")));

    [Theory]
    [InlineData("model")]
    [InlineData("monkey")]
    [InlineData("keyboard")]
    [InlineData("tokenizer")]
    [InlineData("connection")]
    [InlineData("keepAlive")]
    public void Any_other_key_is_not(string key) => Assert.False(SecretKeys.LooksSecret(key, JsonElement.Parse("\"value\"")));

    [Fact]
    public void A_number_of_tokens_is_a_setting()
    {
        Assert.False(SecretKeys.LooksSecret("maxTokens", JsonElement.Parse("800")));
        Assert.True(SecretKeys.LooksSecret("token", JsonElement.Parse("800")));
    }

    [Fact]
    public void Everything_below_a_secret_key_or_path_is_blotted_out()
    {
        var config = Config.FromJson("""{"secrets":{"a":"one","b":[2,"three"]},"section":{"x":"four"},"plain":"five"}""").WithSecrets("section");

        Assert.Equal("""{"secrets":{"a":"***","b":["***","***"]},"section":{"x":"***"},"plain":"five"}""", config.RedactedValues.GetRawText());
        Assert.Equal(["three", "four", "one"], config.SecretValues);
    }

    [Fact]
    public void A_secret_that_contains_another_goes_whole()
    {
        var config = Config.FromJson("""{"token":"abc","password":"abcdef"}""");

        Assert.Equal("*** and ***", Redaction.Scrub("abcdef and abc", config.SecretValues));
    }

    [Fact]
    public void An_output_loses_known_secrets_wherever_they_stand() =>
        Assert.Equal("""{"url":"https://***@host","apiKey":"***","n":"***","ok":1}""",
            Redaction.Redact(JsonElement.Parse("""{"url":"https://hunter2@host","apiKey":"unknown","n":98765,"ok":1}"""), ["hunter2", "98765"]).GetRawText());
}
