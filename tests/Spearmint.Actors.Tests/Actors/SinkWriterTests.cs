using Akka.Actor;
using Akka.TestKit.Xunit2;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Support;

namespace Spearmint.Actors;

public sealed class SinkWriterTests : TestKit
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void A_full_queue_drops_and_counts()
    {
        var gate = new Gate();
        var writer = Writer(new HangingSink(gate));
        for (var batch = 0; batch < 20; batch++)
            writer.Tell(Batch(10_000));

        var status = Status(writer);
        Assert.Equal((60_000, 140_000), (status.Queued, status.Dropped));
        gate.Open();
        writer.Tell(FlushSink.Instance, TestActor);
        ExpectMsg<SinkFlushed>();
        Assert.Equal(60_000, Status(writer).Written);
    }

    [Fact]
    public void A_sink_that_hangs_is_given_up_its_events_are_counted_and_it_may_come_back()
    {
        var gate = new Gate();
        var writer = Writer(new HangingSink(gate));
        writer.Tell(Batch(3));
        Assert.Equal(3, Status(writer).Queued);

        _clock.Advance(TimeSpan.FromSeconds(31));
        AwaitAssert(() => Assert.Equal((0, 3), (Status(writer).Queued, Status(writer).Dropped)));
        writer.Tell(Batch(2));
        Assert.Equal(5, Status(writer).Dropped);

        gate.Open();
        AwaitAssert(() =>
        {
            writer.Tell(Batch(1));
            Assert.True(Status(writer).Written > 0);
        });
    }

    [Fact]
    public void A_flush_waits_for_what_is_queued_whatever_is_dropped_meanwhile()
    {
        var gate = new Gate();
        var writer = Writer(new HangingSink(gate));
        writer.Tell(Batch(60_000));
        writer.Tell(FlushSink.Instance, TestActor);
        writer.Tell(Batch(60_000));

        // the status comes after both batches, and the flush has not come
        Assert.Equal(60_000, Status(writer).Dropped);
        gate.Open();
        ExpectMsg<SinkFlushed>();
    }

    [Fact]
    public void A_flush_of_an_idle_writer_is_answered_at_once()
    {
        Writer(new CollectingSink()).Tell(FlushSink.Instance, TestActor);

        Assert.Equal("sink", ExpectMsg<SinkFlushed>().Name);
    }

    [Fact]
    public void A_closed_writer_writes_what_it_has_and_stops()
    {
        var sink = new CollectingSink();
        var writer = Watch(Writer(sink));
        writer.Tell(Batch(5));

        writer.Tell(CloseSink.Instance);

        ExpectTerminated(writer);
        Assert.Equal(5, sink.Events.Count);
    }

    [Fact]
    public async Task A_sink_is_told_when_its_writer_stops()
    {
        var stopped = new Gate();
        var inside = new Gate();
        var writer = Writer(new TokenSink(inside, stopped));
        writer.Tell(Batch(1));
        await inside.Opened;

        Sys.Stop(writer);

        await stopped.Opened;
    }

    [Fact]
    public void A_sink_is_called_with_one_batch_at_a_time()
    {
        var sink = new OverlapSink();
        var writer = Writer(sink);
        for (var batch = 0; batch < 200; batch++)
            writer.Tell(Batch(2));

        writer.Tell(FlushSink.Instance, TestActor);

        ExpectMsg<SinkFlushed>();
        Assert.Equal((400, 1), (sink.Written, sink.MostAtOnce));
    }

    private IActorRef Writer(IBranchSink sink) => Sys.ActorOf(SinkWriter.Props("sink", sink, _clock));

    private SinkStatus Status(IActorRef writer)
    {
        writer.Tell(GetSinkStatus.Instance, TestActor);
        return ExpectMsg<SinkStatus>();
    }

    private static WriteBatch Batch(int count) => new([.. Enumerable.Range(0, count).Select(_ => Some.Finished())]);

    private sealed class TokenSink(Gate inside, Gate stopped) : IBranchSink
    {
        public async Task WriteAsync(IReadOnlyList<BranchEvent> batch, CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(stopped.Open);
            inside.Open();
            await stopped.Opened;
        }
    }

    private sealed class OverlapSink : IBranchSink
    {
        private int _inside;

        public int Written { get; private set; }

        public int MostAtOnce { get; private set; }

        public async Task WriteAsync(IReadOnlyList<BranchEvent> batch, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));
            await Task.Yield();
            Written += batch.Count;
            Interlocked.Decrement(ref _inside);
        }
    }
}
