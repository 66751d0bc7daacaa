using Spearmint.Support;

namespace Spearmint.Client;

public sealed class SharedTimeoutTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly FakeClock _clock = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly SharedTimeout _timeout;

    public SharedTimeoutTests() => _timeout = new SharedTimeout(_clock, _ended.Token);

    [Fact]
    public void A_call_ends_after_its_bound_and_within_a_second_of_it()
    {
        _timeout.After(Bound);
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        var token = _timeout.After(Bound);

        _clock.Advance(Bound);
        Assert.False(token.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public void Calls_of_one_second_share_a_timer_and_later_ones_have_another()
    {
        var first = _timeout.After(Bound);
        Assert.Equal(first, _timeout.After(Bound));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotEqual(first, _timeout.After(Bound));
    }

    [Fact]
    public void Calls_with_different_bounds_do_not_share()
    {
        var longer = _timeout.After(2 * Bound);
        var shorter = _timeout.After(Bound);

        _clock.Advance(Bound + TimeSpan.FromSeconds(1));

        Assert.Equal((true, false), (shorter.IsCancellationRequested, longer.IsCancellationRequested));
    }

    [Fact]
    public void When_Spearmint_ends_every_call_ends()
    {
        var before = _timeout.After(Bound);

        _ended.Cancel();

        Assert.True(before.IsCancellationRequested);
        Assert.True(_timeout.After(Bound).IsCancellationRequested);
    }

    public void Dispose() => _ended.Dispose();
}
