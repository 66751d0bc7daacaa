using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Support;

namespace Spearmint.Actors;

public sealed class SinkWriterTests : SinkWriterKit
{
    [Fact]
    public void A_full_queue_drops_and_counts_and_the_sink_is_told_in_the_place_of_what_was_dropped()
    {
        var gate = new Gate();
        var collecting = new CollectingSink();
        var writer = Writer(new GatedSink(gate, collecting), new SinkOptions { QueueLimit = 100 });
        for (var batch = 0; batch < 20; batch++)
            writer.Tell(Batch(8));

        var status = Status(writer);
        Assert.Equal((100, 60, 60), (status.Queued, status.Dropped, status.DroppedBy[DropReasons.QueueFull]));
        gate.Open();
        Flush(writer);
        writer.Tell(Batch(1));
        Flush(writer);
        Assert.Equal(101, Status(writer).Written);
        Assert.Equal(["100", "101-160 queue_full", "161"], collecting.Events.Skip(99).Select(Some.Text));
    }

    [Fact]
    public void A_flush_waits_for_what_is_queued_whatever_is_dropped_meanwhile()
    {
        var gate = new Gate();
        var writer = Writer(new HangingSink(gate), new SinkOptions { QueueLimit = 100 });
        var asker = CreateTestProbe();
        writer.Tell(Batch(60));
        writer.Tell(FlushSink.Instance, asker.Ref);
        writer.Tell(Batch(60));

        // the status comes after both batches, and the flush has not come
        Assert.Equal(20, Status(writer).Dropped);
        ExpectNoAnswer(writer, asker);
        gate.Open();
        asker.ExpectMsg<SinkFlushed>();
    }

    [Fact]
    public void A_flush_of_an_idle_writer_is_answered_at_once() => Flush(Writer(new CollectingSink()));

    [Fact]
    public void Events_wait_for_a_fuller_batch_until_the_first_is_so_old()
    {
        var sink = new CollectingSink();
        var writer = Writer(sink, new SinkOptions { BatchTime = TimeSpan.FromSeconds(5) });
        writer.Tell(Batch(1));
        Assert.Equal(1, Status(writer).Queued);
        Clock.Advance(TimeSpan.FromSeconds(4));
        writer.Tell(Batch(1));
        Assert.Equal(2, Status(writer).Queued);

        Clock.Advance(TimeSpan.FromSeconds(1));

        AwaitAssert(() => Assert.Equal(2, Status(writer).Written));
        Assert.Equal(1, sink.Calls);
    }

    [Fact]
    public void A_full_batch_does_not_wait_for_its_time()
    {
        var writer = Writer(new CollectingSink(), new SinkOptions { MaxBatch = 3, BatchTime = TimeSpan.FromSeconds(5) });
        writer.Tell(Batch(4));

        AwaitAssert(() => Assert.Equal((3, 1), (Status(writer).Written, Status(writer).Queued)));
    }

    [Fact]
    public void A_flush_waits_for_no_fuller_batch()
    {
        var sink = new CollectingSink();
        var writer = Writer(sink, new SinkOptions { BatchTime = TimeSpan.FromSeconds(5) });
        writer.Tell(Batch(2));

        Flush(writer);

        Assert.Equal(2, sink.Events.Count);
    }

    [Fact]
    public void What_a_writer_has_when_it_is_stopped_is_dropped_and_said()
    {
        var gate = new Gate();
        var writer = Writer(new HangingSink(gate));
        writer.Tell(Batch(7));
        Assert.Equal(7, Status(writer).Queued);

        EventFilter.Warning(contains: "untold that events 1 to 7 were dropped; it has lost 7 events (shut_down)").ExpectOne(() => Sys.Stop(writer));
        gate.Open();
    }

    [Fact]
    public async Task A_sink_is_told_when_its_writer_stops()
    {
        var told = new Gate();
        var sink = new TokenSink(told);
        var writer = Writer(sink);
        writer.Tell(Batch(1));
        await sink.Inside.Opened;

        Sys.Stop(writer);

        await told.Opened;
    }

    [Fact]
    public void A_sink_is_called_with_one_batch_at_a_time()
    {
        var sink = new OverlapSink();
        var writer = Writer(sink);
        for (var batch = 0; batch < 200; batch++)
            writer.Tell(Batch(2));

        Flush(writer);

        Assert.Equal((400, 1), (sink.Written, sink.MostAtOnce));
    }

    private IActorRef Writer(IBranchSink sink) => Writer(sink, SinkOptions.Default);

    private void Flush(IActorRef writer)
    {
        writer.Tell(FlushSink.Instance, TestActor);
        Assert.Equal("sink", ExpectMsg<SinkFlushed>().Name);
    }

    private sealed class OverlapSink : IBranchSink
    {
        private int _inside;

        public int Written { get; private set; }

        public int MostAtOnce { get; private set; }

        public async Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));
            await Task.Yield();
            Written += batch.Count;
            Interlocked.Decrement(ref _inside);
        }
    }
}
