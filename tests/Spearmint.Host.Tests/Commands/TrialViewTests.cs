using Spearmint.Domain;
using Spearmint.Host.Samples;
using Spearmint.Host.Support;
using Spectre.Console;

namespace Spearmint.Host.Commands;

public sealed class TrialViewTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly BranchFeed _feed = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task Plain_text_has_a_line_per_ended_branch_and_no_escape_codes()
    {
        await FillAsync();

        await new PlainView(_output).ShowAsync(Trial.All[0], _feed, CancellationToken.None);

        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Matches(@"^\s+primary\s+gzip\s+fastest\s+success\s+1,234\s+8\.10\s+12\.0 ms\s*$", lines[2]);
        Assert.Matches(@"^\s+shadow\s+gzip\s+fastest\s+failed: \[no\]", lines[3]);
        Assert.All(_output.ToString(), character => Assert.InRange(character, '\n', '~'));
    }

    [Fact]
    public async Task A_terminal_gets_a_table_in_which_a_branch_has_one_row()
    {
        await FillAsync();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_output),
        });
        console.Profile.Width = 120;

        await new LiveView(console).ShowAsync(Trial.All[0], _feed, CancellationToken.None);

        var last = _output.ToString()[_output.ToString().LastIndexOf("codec", StringComparison.Ordinal)..];
        Assert.Contains("1,234", last, StringComparison.Ordinal);
        Assert.Contains("failed: [no]", last, StringComparison.Ordinal);
        Assert.DoesNotContain("pending", last, StringComparison.Ordinal);
        Assert.Equal(2, last.Split('\n').Count(line => line.Contains("gzip", StringComparison.Ordinal)));
    }

    // the message in brackets would be a style to Spectre
    private async Task FillAsync()
    {
        var primary = Some.Branch();
        var shadow = Some.Branch(BranchRole.Shadow);
        var output = System.Text.Json.JsonSerializer.SerializeToElement(
            new CompressResult(Codec.Gzip, Level.Fastest, 10_000, 1_234, 8.104, 12), System.Text.Json.JsonSerializerOptions.Web);
        await _feed.WriteAsync(
            [
                new BranchStarted(primary),
                new BranchStarted(shadow),
                new BranchFinished(primary.Succeed("anything", TimeSpan.FromMilliseconds(12)), output),
                new BranchFinished(shadow.Fail(new FormatException("[no]"), TimeSpan.FromMilliseconds(1))),
            ],
            CancellationToken.None);
        _feed.End();
    }
}
