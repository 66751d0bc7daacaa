using System.Text;
using Spearmint.Domain;

namespace Spearmint.StorageBench.Killing;

/// <summary>Writes the ids of branches into a ledger once the store has taken their ends; says when the first is there.</summary>
internal sealed class LedgerSink(IBranchSink store, FileStream ledger, Action onFirst) : IBranchSink
{
    private bool _isBegun;

    public async Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
    {
        await store.WriteAsync(batch, cancellationToken);
        var lines = new StringBuilder();
        foreach (var finished in batch.OfType<BranchFinished>())
            lines.Append($"{finished.BranchId} {finished.Status}\n");

        // what is handed to the system outlives the process
        await ledger.WriteAsync(Encoding.ASCII.GetBytes(lines.ToString()), cancellationToken);
        await ledger.FlushAsync(cancellationToken);
        if (_isBegun || lines.Length == 0)
            return;

        _isBegun = true;
        onFirst();
    }
}
