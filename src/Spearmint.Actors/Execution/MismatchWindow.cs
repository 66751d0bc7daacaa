namespace Spearmint.Execution;

/// <summary>How many of the latest comparisons were mismatches.</summary>
internal sealed class MismatchWindow(int size)
{
    private readonly bool[] _latest = new bool[size];
    private long _noted;

    /// <summary>The mismatches among the latest.</summary>
    public int Mismatches { get; private set; }

    /// <summary>Whether there have been as many comparisons as the window holds.</summary>
    public bool IsFull => _noted >= _latest.Length;

    /// <summary>Whether the window is full and the share of mismatches in it is above a limit.</summary>
    public bool Exceeds(double maxMismatchRate) => IsFull && Mismatches > maxMismatchRate * _latest.Length;

    /// <summary>Notes a comparison, which takes the place of the oldest one in a full window.</summary>
    public void Note(bool isMismatch)
    {
        var place = (int)(_noted++ % _latest.Length);
        if (_latest[place])
            Mismatches--;
        if (isMismatch)
            Mismatches++;
        _latest[place] = isMismatch;
    }
}
