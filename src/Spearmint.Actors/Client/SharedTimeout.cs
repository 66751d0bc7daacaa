namespace Spearmint.Client;

/// <summary>
/// A bound for calls of which thousands are made in a second and next to none reaches it: calls that start within one second of each other
/// share a timer. A call ends between its bound and one second later, and at once when Spearmint ends.
/// </summary>
internal sealed class SharedTimeout(TimeProvider clock, CancellationToken ended)
{
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(1);

    private Window? _window;

    /// <summary>A token that is cancelled when the bound has passed.</summary>
    public CancellationToken After(TimeSpan bound)
    {
        var window = Volatile.Read(ref _window);
        if (window is null || window.Bound != bound || clock.GetElapsedTime(window.Since) >= Shared)
        {
            // of several that come here at once each makes a window, and the last one stays
            window = new Window(bound, clock.GetTimestamp(), NewSource(bound + Shared));
            Volatile.Write(ref _window, window);
        }

        return window.Source.Token;
    }

    private CancellationTokenSource NewSource(TimeSpan bound)
    {
        var source = new CancellationTokenSource(bound, clock);
        var registration = ended.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);
        source.Token.UnsafeRegister(static state => ((CancellationTokenRegistration)state!).Unregister(), registration);
        return source;
    }

    private sealed record Window(TimeSpan Bound, long Since, CancellationTokenSource Source);
}
