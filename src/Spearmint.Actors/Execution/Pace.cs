namespace Spearmint.Execution;

/// <summary>
/// Decides where the functions of one strategy start: on threads of their own until they have shown that they give their thread back at
/// once, then on the worker's. A function that blocks can so never take the threads that everybody else's answers depend on.
/// </summary>
internal sealed class Pace(TimeProvider clock, InlinePlaces places)
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(5);

    // a busy machine takes any thread away for some milliseconds now and then; a function that blocks does it again and again
    private const int Forgiven = 2;
    private static readonly TimeSpan ForgivenWithin = TimeSpan.FromSeconds(5);

    private const int FirstProof = 32;
    private const int LongestProof = 1024;

    private int _proof = FirstProof;
    private int _quickInARow;
    private int _slow;
    private long _slowSince;

    /// <summary>Whether the function may start on the calling thread. When it may, <see cref="Leave"/> must follow.</summary>
    // those inside are still in their synchronous part; when they hang there, all others start elsewhere
    public bool TryEnter() => Volatile.Read(ref _quickInARow) >= Volatile.Read(ref _proof) && places.TryTake();

    /// <summary>The synchronous part of a function that entered has returned.</summary>
    /// <param name="enteredAt">The clock's timestamp when it entered.</param>
    public void Leave(long enteredAt)
    {
        places.GiveBack();
        if (clock.GetElapsedTime(enteredAt) > Slow)
            OnSlow();
    }

    /// <summary>A thread of its own has run a piece of a function, from one await to the next.</summary>
    public void Observe(TimeSpan piece)
    {
        if (piece <= Quick)
            Interlocked.Increment(ref _quickInARow);
        else if (piece > Slow)
            Interlocked.Exchange(ref _quickInARow, 0);
    }

    private void OnSlow()
    {
        if (clock.GetElapsedTime(Volatile.Read(ref _slowSince)) > ForgivenWithin)
        {
            Volatile.Write(ref _slowSince, clock.GetTimestamp());
            Volatile.Write(ref _slow, 0);
        }

        if (Interlocked.Increment(ref _slow) > Forgiven)
            Distrust();
    }

    // each relapse asks for a longer proof; a lost race between two of them only makes the proof shorter
    private void Distrust()
    {
        Volatile.Write(ref _slow, 0);
        Volatile.Write(ref _proof, Math.Min(_proof * 2, LongestProof));
        Interlocked.Exchange(ref _quickInARow, 0);
    }
}
