using System.Net;
using Spearmint.Host.Security;
using Spearmint.Host.Support;

namespace Spearmint.Host.EndToEnd;

public sealed class FirstStartTests
{
    private static readonly Dictionary<string, string> NoKey = new() { ["Spearmint__OperatorKey"] = "" };

    [Fact]
    public async Task The_first_start_prints_a_token_that_opens_the_API_and_the_second_knows_it_and_prints_none()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--urls", "http://127.0.0.1:0", "--Spearmint:DataFolder", folder["data"]];
        string token;
        await using (var first = HostProcess.Start("Development", NoKey, arguments))
        {
            token = (await first.LineAsync(OperatorToken.Prefix)).Trim();
            Assert.Equal(HttpStatusCode.OK, await AskAsync(first, token));
            await first.LineAsync($"compress-all/runs -H \"Authorization: Bearer {token}\"");
        }

        await using var second = HostProcess.Start("Development", NoKey, arguments);
        await second.LineAsync("printed at the first start");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(second, token));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(second, token + "x"));
        Assert.DoesNotContain(OperatorToken.Prefix, second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(token, await File.ReadAllTextAsync(folder[Path.Combine("data", OperatorToken.FileName)]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_key_is_given_no_token_is_made()
    {
        using var folder = new TemporaryFolder();
        await using var host = HostProcess.Start("Development", "--urls", "http://127.0.0.1:0", "--Spearmint:DataFolder", folder["data"]);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, Keys.Operator));

        Assert.DoesNotContain(Keys.Operator, host.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder[Path.Combine("data", OperatorToken.FileName)]));
    }

    [Theory]
    [InlineData("--urls=http://0.0.0.0:0", "Spearmint:AllowRemote")]
    [InlineData("--Spearmint:OperatorKey=short", "Spearmint:OperatorKey")]
    public async Task What_would_be_unsafe_is_one_clear_line_and_exit_code_1(string setting, string said)
    {
        var (exitCode, _, error) = await HostProcess.RunAsync(setting);

        Assert.Equal(1, exitCode);
        Assert.Contains(said, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> AskAsync(HostProcess host, string key)
    {
        using var http = Keys.Client(await host.AddressAsync(), key);
        return (await http.GetAsync("experiments")).StatusCode;
    }
}
