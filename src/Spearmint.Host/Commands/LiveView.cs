using Spearmint.Domain;
using Spectre.Console;

namespace Spearmint.Host.Commands;

/// <summary>A table on a terminal, in which branches appear when they start and change when they end.</summary>
internal sealed class LiveView(IAnsiConsole console) : ITrialView
{
    public async Task ShowAsync(Trial trial, BranchFeed feed, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<Guid, int>();
        var table = Empty(trial);
        await console.Live(table).StartAsync(async live =>
        {
            await foreach (var happened in feed.Events.ReadAllAsync(cancellationToken))
            {
                Show(table, rows, happened);
                live.Refresh();
            }
        });
    }

    private static Table Empty(Trial trial)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"[bold]{Markup.Escape(trial.Experiment)}[/]: {Markup.Escape(trial.Title)}");
        foreach (var (index, name) in BranchRow.Columns.Index())
            table.AddColumn(new TableColumn(name) { Alignment = index < 4 ? Justify.Left : Justify.Right });

        return table;
    }

    private static void Show(Table table, Dictionary<Guid, int> rows, BranchEvent happened)
    {
        var cells = BranchRow.From(happened).Cells;
        if (!rows.TryGetValue(happened.BranchId, out var row))
        {
            row = rows[happened.BranchId] = table.Rows.Count;
            table.AddEmptyRow();
        }

        for (var column = 0; column < cells.Count; column++)
            table.UpdateCell(row, column, Markup.Escape(cells[column]));
    }
}
