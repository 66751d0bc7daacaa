using Spearmint.Domain;

namespace Spearmint.Host.Commands;

/// <summary>A line per branch that has ended, for a file or another program.</summary>
internal sealed class PlainView(TextWriter output) : ITrialView
{
    public async Task ShowAsync(Trial trial, BranchFeed feed, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"\n{trial.Experiment}: {trial.Title}");
        await output.WriteLineAsync(Line(BranchRow.Columns));
        await foreach (var happened in feed.Events.ReadAllAsync(cancellationToken))
        {
            if (happened is BranchFinished)
                await output.WriteLineAsync(Line(BranchRow.From(happened).Cells));
        }
    }

    private static string Line(IReadOnlyList<string> cells) =>
        $"  {cells[0],-9}  {cells[1],-7}  {cells[2],-8}  {cells[3],-9}  {cells[4],13}  {cells[5],8}  {cells[6],13}";
}
