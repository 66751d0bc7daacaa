using Spearmint.Host.Security;

namespace Spearmint.Host.Api.Live;

/// <summary>Counts the feeds that are open.</summary>
internal sealed class LiveReaders(SecurityOptions options)
{
    private int _open;

    /// <summary>A place for one more, until it is disposed of.</summary>
    /// <exception cref="TooManyFeedsException">There is none.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _open) <= options.MaxLiveFeeds)
            return new Place(this);

        Interlocked.Decrement(ref _open);
        throw new TooManyFeedsException(options.MaxLiveFeeds);
    }

    private sealed class Place(LiveReaders readers) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref readers._open);
    }
}

/// <summary>There are as many live feeds as may be.</summary>
/// <param name="most">How many.</param>
internal sealed class TooManyFeedsException(int most)
    : Exception($"{most} live feeds are open, which is all that Spearmint:MaxLiveFeeds lets be open at once. Try again when one has ended.");
