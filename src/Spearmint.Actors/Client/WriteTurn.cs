namespace Spearmint.Client;

/// <summary>
/// The turn of one write. It ends when the write has been answered and every call of a store that it made is over: a call that outlives its
/// deadline must not land behind the next write of the key.
/// </summary>
internal sealed class WriteTurn(WriteStripe stripe, TimeProvider clock)
{
    private int _inside = 1;

    /// <summary>A store is about to be called. False when the turn is over, and the store is not to be called any more.</summary>
    public bool TryEnter()
    {
        var inside = Volatile.Read(ref _inside);
        while (inside > 0)
        {
            var before = Interlocked.CompareExchange(ref _inside, inside + 1, inside);
            if (before == inside)
                return true;
            inside = before;
        }

        return false;
    }

    /// <summary>A call is over, or the write has been answered.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _inside) == 0)
            stripe.End(clock.GetUtcNow());
    }
}
