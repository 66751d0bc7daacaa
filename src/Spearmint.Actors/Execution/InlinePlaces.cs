namespace Spearmint.Execution;

/// <summary>
/// How many functions of all strategies together may be in their synchronous part on the threads of the pool. One thread of it is always left
/// for everything else, also when all of them block.
/// </summary>
internal sealed class InlinePlaces
{
    public static readonly int Limit = Math.Max(1, Environment.ProcessorCount - 1);

    private int _inside;

    /// <summary>Takes a place, if there is one.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _inside) <= Limit)
            return true;

        Interlocked.Decrement(ref _inside);
        return false;
    }

    public void GiveBack() => Interlocked.Decrement(ref _inside);
}
