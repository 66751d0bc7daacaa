using Spearmint.Domain;

namespace Spearmint.Chaos.Sinks;

/// <summary>What a sink has been told of one experiment.</summary>
internal sealed class Tally
{
    private readonly Dictionary<BranchStatus, long> _finished = [];
    private readonly Dictionary<ComparisonVerdict, long> _compared = [];
    private readonly Dictionary<string, long> _skippedBy = [];

    public long Started { get; set; }

    public long Late { get; set; }

    public int OpenShadows { get; set; }

    public int MostShadows { get; set; }

    public IReadOnlyDictionary<string, long> SkippedBy => _skippedBy;

    public long Compared(ComparisonVerdict verdict) => _compared.GetValueOrDefault(verdict);

    public void Compare(ComparisonVerdict verdict) => _compared[verdict] = Compared(verdict) + 1;

    public long Finished(BranchStatus status) => _finished.GetValueOrDefault(status);

    public void Finish(BranchStatus status) => _finished[status] = Finished(status) + 1;

    public void Skip(string reason) => _skippedBy[reason] = _skippedBy.GetValueOrDefault(reason) + 1;
}
