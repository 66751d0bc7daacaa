using Spearmint.Domain;

namespace Spearmint.Host.Storage.Sql;

/// <summary>What a batch says of one branch.</summary>
internal sealed class BranchRow
{
    public BranchStarted? Started { get; set; }

    public BranchFinished? Finished { get; set; }

    public BranchLate? Late { get; set; }

    public BranchCompared? Compared { get; set; }

    /// <summary>Whether it is more than what came after the end of a branch that is kept already.</summary>
    public bool IsWhole => Started is not null || Finished is not null;

    /// <summary>Whether it says nothing.</summary>
    public bool IsEmpty => this is { Started: null, Finished: null, Late: null, Compared: null };

    /// <summary>The event that says most of the branch.</summary>
    public BranchEvent Any => Finished ?? (BranchEvent?)Started ?? Compared ?? (BranchEvent)Late!;

    public static IReadOnlyCollection<BranchRow> Of(IEnumerable<BranchEvent> events)
    {
        var rows = new Dictionary<Guid, BranchRow>();
        foreach (var happened in events)
        {
            if (!rows.TryGetValue(happened.BranchId, out var row))
                rows[happened.BranchId] = row = new BranchRow();
            row.Add(happened);
        }

        return rows.Values;
    }

    private void Add(BranchEvent happened)
    {
        switch (happened)
        {
            case BranchStarted started: Started = started; break;
            case BranchFinished finished: Finished = finished; break;
            case BranchLate late: Late = late; break;
            case BranchCompared compared: Compared = compared; break;
        }
    }
}
