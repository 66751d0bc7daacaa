using System.Text.RegularExpressions;
using Spearmint.Host.Support;

namespace Spearmint.Host.EndToEnd;

public sealed partial class TryTests
{
    [Fact]
    public async Task A_file_is_run_under_each_strategy_and_its_shadows_are_waited_for()
    {
        using var file = new TemporaryFile(Some.Text);

        var (exitCode, output, error) = await HostProcess.RunAsync("try", file.Path);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains($"{file.Name}: {Some.Text.Length:N0} bytes, 12 configs", output, StringComparison.Ordinal);
        Assert.Equal(["gzip fastest", "gzip optimal", "gzip smallest"], Rows(output, "compress-rotate").Select(row => $"{row.Groups["codec"]} {row.Groups["level"]}"));
        Assert.Equal(11, Rows(output, "compress-shadow").Count(row => row.Groups["role"].Value == "shadow"));
        Assert.Single(Rows(output, "compress-shadow"), row => row.Groups["role"].Value == "primary");
        Assert.Equal(12, Rows(output, "compress-all").Count(row => row.Groups["role"].Value == "candidate"));
        Assert.Matches(@"answered in [\d.,]+ ms; 11 shadows had ended after [\d.,]+ ms", output);
    }

    [Fact]
    public async Task Piped_output_is_plain_text()
    {
        using var file = new TemporaryFile(Some.Text);

        var (_, output, _) = await HostProcess.RunAsync("try", file.Path);

        Assert.All(output, character => Assert.True(character is '\n' or '\r' or (>= ' ' and <= '~'), $"'{character}' (U+{(int)character:X4}) in {output}"));
    }

    [Fact]
    public async Task A_file_over_the_limit_of_a_request_can_be_tried()
    {
        using var file = new TemporaryFile(Some.EasyBytes(17 << 20));

        var (exitCode, output, error) = await HostProcess.RunAsync("try", file.Path);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(12, Rows(output, "compress-all").Count);
    }

    [Fact]
    public async Task A_missing_file_is_one_clear_line_and_exit_code_2() => await RefusesAsync("/no/such/file", "There is no file");

    [Fact]
    public async Task A_folder_is_one_clear_line_and_exit_code_2() => await RefusesAsync(Path.GetTempPath(), "is a folder");

    [Fact]
    public async Task An_empty_file_is_one_clear_line_and_exit_code_2()
    {
        using var file = new TemporaryFile([]);

        await RefusesAsync(file.Path, "is empty");
    }

    [Fact]
    public async Task No_file_at_all_is_exit_code_2()
    {
        var (exitCode, _, error) = await HostProcess.RunAsync("try");

        Assert.Equal(2, exitCode);
        Assert.NotEmpty(error);
    }

    [UnixFact]
    public async Task Ctrl_C_ends_it_early_and_says_so()
    {
        using var file = new TemporaryFile(Some.SlowBytes(8 << 20));
        await using var host = HostProcess.Start("Production", "try", file.Path);
        await host.LineAsync("compress-shadow");

        await host.SignalAsync("INT");

        Assert.Equal(1, await host.ExitAsync());
        Assert.Equal("Cancelled.\n", host.Error);
    }

    private static async Task RefusesAsync(string path, string said)
    {
        var (exitCode, output, error) = await HostProcess.RunAsync("try", path);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(said, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    // a trial is a paragraph
    private static List<Match> Rows(string output, string experiment) =>
        Row().Matches(output.Split("\n\n").Single(paragraph => paragraph.StartsWith(experiment, StringComparison.Ordinal))).ToList();

    [GeneratedRegex(@"(?<role>primary|shadow|candidate) +(?<codec>\w+) +(?<level>\w+) +success +[\d,]+ +[\d.,]+ +[\d.,]+ ms")]
    private static partial Regex Row();
}
