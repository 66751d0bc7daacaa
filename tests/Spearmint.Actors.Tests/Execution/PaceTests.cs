using Spearmint.Support;

namespace Spearmint.Execution;

public sealed class PaceTests
{
    private readonly FakeClock _clock = new();
    private readonly Pace _pace;

    public PaceTests() => _pace = new Pace(_clock, new InlinePlaces());

    [Fact]
    public void A_function_starts_on_a_thread_of_its_own_until_it_has_been_quick_often_enough()
    {
        Prove(31);
        Assert.False(_pace.TryEnter());

        Prove(1);
        Assert.True(_pace.TryEnter());
    }

    [Fact]
    public void One_slow_piece_starts_the_proof_anew()
    {
        Prove(31);
        _pace.Observe(TimeSpan.FromMilliseconds(200));
        Prove(31);

        Assert.False(_pace.TryEnter());
    }

    [Fact]
    public void While_one_is_stuck_inside_the_others_start_elsewhere()
    {
        Prove(32);
        for (var place = 0; place < InlinePlaces.Limit; place++)
            Assert.True(_pace.TryEnter());

        Assert.False(_pace.TryEnter());
    }

    [Fact]
    public void A_function_that_becomes_slow_is_sent_back_and_needs_a_longer_proof()
    {
        Prove(32);
        for (var call = 0; call < 3; call++)
        {
            Assert.True(_pace.TryEnter());
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            _pace.Leave(_clock.GetTimestamp() - TimeSpan.FromMilliseconds(50).Ticks);
        }

        Assert.False(_pace.TryEnter());
        Prove(32);
        Assert.False(_pace.TryEnter());
        Prove(32);
        Assert.True(_pace.TryEnter());
    }

    [Fact]
    public void A_rare_slow_call_is_forgiven()
    {
        Prove(32);
        for (var call = 0; call < 100; call++)
        {
            Assert.True(_pace.TryEnter());
            _clock.Advance(TimeSpan.FromSeconds(3));
            _pace.Leave(_clock.GetTimestamp() - TimeSpan.FromMilliseconds(50).Ticks);
        }
    }

    private void Prove(int times)
    {
        for (var time = 0; time < times; time++)
            _pace.Observe(TimeSpan.Zero);
    }
}
