namespace Spearmint.Host.Api.Export;

/// <summary>Counts the exports that are being written.</summary>
internal sealed class Exports
{
    /// <summary>How many there may be at once: each has pages in memory, and reads as long as its client does.</summary>
    public const int Most = 10;

    private int _open;

    /// <summary>A place for one more, until it is disposed of.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _open) <= Most)
            return new Place(this);

        Interlocked.Decrement(ref _open);
        throw new RefusedException(503, "Too many exports", $"{Most} exports are being written, which is all that may be at once. Try again when one has ended.");
    }

    private sealed class Place(Exports exports) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref exports._open);
    }
}
