using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Execution;

public sealed class SinkCallerTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task A_failure_comes_back_as_text_and_whether_it_may_pass()
    {
        Assert.Equal(new SinkFailure("IOException: the disk is full", MayPass: true), await FailureAsync(new IOException("the disk is full")));
        Assert.Equal(new SinkFailure("FormatException: not a number", MayPass: false), await FailureAsync(new FormatException("not a number")));
    }

    [Fact]
    public async Task A_failure_whose_message_throws_is_a_failure_like_any_other() =>
        Assert.Equal("PoisonousException: (unreadable: InvalidOperationException)", (await FailureAsync(new PoisonousException())).Text);

    [Fact]
    public async Task Who_cannot_say_whether_a_failure_may_pass_says_no()
    {
        var failure = await FailureAsync(new IOException(), new SinkOptions { MayPass = _ => throw new InvalidOperationException() });

        Assert.False(failure.MayPass);
    }

    [Fact]
    public async Task A_sink_that_blocks_holds_no_thread_of_the_callers_however_quick_it_was_before()
    {
        var gate = new Gate();
        var sink = new ThenBlockingSink(quick: 200, gate);
        var caller = new SinkCaller(sink, SinkOptions.Default, _clock);
        for (var call = 0; call < 200; call++)
            await caller.WriteAsync([]).Soon();

        var blocked = caller.WriteAsync([]);

        Assert.False(blocked.IsCompleted);
        gate.Open();
        Assert.Null((await blocked.Soon()).Failure);
    }

    [Fact]
    public async Task A_sink_that_does_not_come_back_in_time_is_told_by_its_token()
    {
        var told = new Gate();
        var sink = new TokenSink(told);
        var caller = new SinkCaller(sink, SinkOptions.Default, _clock);
        var call = caller.WriteAsync([]);
        await sink.Inside.Opened;

        _clock.Advance(TimeSpan.FromSeconds(31));

        Assert.NotNull((await call.Soon()).StillOut);
        await told.Opened;
    }

    private async Task<SinkFailure> FailureAsync(Exception exception, SinkOptions? options = null) =>
        (await new SinkCaller(new FailingSink(exception), options ?? SinkOptions.Default, _clock).WriteAsync([]).Soon()).Failure!;

    private sealed class FailingSink(Exception exception) : IBranchSink
    {
        public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken) => throw exception;
    }

    private sealed class PoisonousException : IOException
    {
        public override string Message => throw new InvalidOperationException("even the message throws");
    }
}
