using Spearmint.Support;

namespace Spearmint.Client;

public sealed class WriteTurnsTests
{
    private readonly FakeClock _clock = new();
    private readonly WriteTurns _turns;

    public WriteTurnsTests() => _turns = new WriteTurns("customers", _clock, () => CancellationToken.None);

    [Fact]
    public async Task A_turn_lasts_until_its_last_call_is_over()
    {
        var turn = await _turns.TakeAsync("key", default);
        Assert.True(turn.TryEnter());
        turn.Leave();
        Assert.True(turn.TryEnter());
        turn.Leave();

        var next = _turns.TakeAsync("key", default);
        Assert.False(next.IsCompleted);
        turn.Leave();

        await next.Soon();
    }

    [Fact]
    public async Task No_call_begins_when_the_turn_is_over()
    {
        var turn = await _turns.TakeAsync("key", default);
        turn.Leave();

        Assert.False(turn.TryEnter());
    }

    [Fact]
    public async Task A_key_may_have_been_written_while_a_turn_lasts_and_since_then()
    {
        var before = _clock.GetUtcNow();
        Assert.False(_turns.MayHaveBeenWritten("key", before));

        var turn = await _turns.TakeAsync("key", default);
        Assert.True(_turns.MayHaveBeenWritten("key", before));
        _clock.Advance(TimeSpan.FromSeconds(1));
        turn.Leave();

        Assert.True(_turns.MayHaveBeenWritten("key", _clock.GetUtcNow()));
        Assert.False(_turns.MayHaveBeenWritten("key", _clock.GetUtcNow() + TimeSpan.FromTicks(1)));
    }
}
