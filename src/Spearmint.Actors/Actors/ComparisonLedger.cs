using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>Counts what becomes of the comparisons of one config's branches. Touched by one supervisor alone.</summary>
internal sealed class ComparisonLedger
{
    private readonly Tally _leftBy = new();
    private long _eligible;
    private long _match;
    private long _mismatch;
    private long _ignored;
    private long _error;
    private long _inFlight;

    public ComparisonCounts Counts => new(_eligible, _match, _mismatch, _ignored, _error, _leftBy.Snapshot(), _inFlight);

    public void Start()
    {
        _eligible++;
        _inFlight++;
    }

    public void End(ComparisonVerdict verdict)
    {
        _inFlight--;
        switch (verdict)
        {
            case ComparisonVerdict.Match: _match++; break;
            case ComparisonVerdict.Mismatch: _mismatch++; break;
            case ComparisonVerdict.Ignored: _ignored++; break;
            default: _error++; break;
        }
    }

    public void Leave(string reason)
    {
        _eligible++;
        _leftBy.Add(reason);
    }
}
