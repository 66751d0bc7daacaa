using System.Net;
using Spearmint.Host.Support;

namespace Spearmint.Host.EndToEnd;

[Collection(RunningHostCollection.Name)]
public sealed class StartTests(RunningHost host)
{
    [Fact]
    public async Task A_running_host_is_healthy()
    {
        Assert.Equal("Healthy", await host.Http.GetStringAsync(new Uri(host.Address, "/healthz")));
    }

    [Fact]
    public async Task The_log_says_which_Akka_it_runs_on() =>
        Assert.Matches(@"Akka 1\.5(\.\d+ \(the real packages\)|-compat)$", await host.LineAsync("Akka "));

    [Fact]
    public Task The_host_says_what_to_do_next() => host.LineAsync($"curl --data-binary @README.md {host.Address}api/v1/experiments/compress-all/runs");

    [Fact]
    public async Task Outside_of_Development_there_are_no_samples()
    {
        await using var production = HostProcess.Start("Production", "--urls", "http://127.0.0.1:0");
        using var http = Keys.Client(await production.AddressAsync());

        Assert.Equal(0, (await http.GetJsonAsync("experiments")).GetArrayLength());
        Assert.Empty((await http.GetJsonAsync("runs")).Items());
        using var response = await http.PostRunAsync("compress-all", Some.Text);
        Assert.Contains("Known: none", (await response.ProblemAsync(HttpStatusCode.NotFound)).Text("detail"), StringComparison.Ordinal);
        await production.LineAsync("There are no experiments");
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line_and_exit_code_1()
    {
        var (exitCode, output, error) = await HostProcess.RunAsync("--urls", $"http://127.0.0.1:{host.Address.Port}");

        Assert.Equal(1, exitCode);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("already in use", line, StringComparison.Ordinal);
        Assert.Contains("--urls", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--urls=nonsense", "nonsense")]
    [InlineData("--Spearmint:MaxBodyBytes=0", "Spearmint:MaxBodyBytes")]
    [InlineData("--Spearmint:RecordedBranches=many", "Spearmint:RecordedBranches")]
    [InlineData("--Spearmint:DrainTimeout=soon", "Spearmint:DrainTimeout")]
    [InlineData("--Spearmint:DrainTimeout=00:10:00", "Spearmint:DrainTimeout")]
    public async Task A_setting_that_makes_no_sense_is_one_clear_line_and_exit_code_1(string setting, string said)
    {
        var (exitCode, output, error) = await HostProcess.RunAsync(setting);

        Assert.Equal(1, exitCode);
        Assert.Contains(said, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_there_is_not_is_exit_code_2()
    {
        var (exitCode, _, error) = await HostProcess.RunAsync("tyr", "README.md");

        Assert.Equal(2, exitCode);
        Assert.Contains("There is no command 'tyr'. Known: try.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_the_commands_and_the_version_is_a_number()
    {
        var help = await HostProcess.RunAsync("--help");
        var version = await HostProcess.RunAsync("--version");

        Assert.Equal((0, 0), (help.ExitCode, version.ExitCode));
        Assert.Contains("try <file>", help.Output, StringComparison.Ordinal);
        Assert.Contains("--urls", help.Output, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+", version.Output);
    }
}
