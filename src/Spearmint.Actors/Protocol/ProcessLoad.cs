namespace Spearmint.Protocol;

/// <summary>What all strategies together have in progress, as far as there is a limit to it. Safe from any thread.</summary>
internal sealed class ProcessLoad
{
    private int _shadows;
    private int _abandoned;

    /// <summary>Functions that go on although their branch has ended.</summary>
    public int Abandoned => Volatile.Read(ref _abandoned);

    public bool TryAddShadow(int limit)
    {
        if (Interlocked.Increment(ref _shadows) <= limit)
            return true;

        Interlocked.Decrement(ref _shadows);
        return false;
    }

    public void RemoveShadow() => Interlocked.Decrement(ref _shadows);

    public void AddAbandoned() => Interlocked.Increment(ref _abandoned);

    public void RemoveAbandoned() => Interlocked.Decrement(ref _abandoned);
}
