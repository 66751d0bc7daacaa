using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Support;

namespace Spearmint.Actors;

/// <summary>What a writer does when its sink throws or hangs.</summary>
public sealed class SinkWriterFailureTests : SinkWriterKit
{
    private static readonly SinkOptions Steady = new() { Jitter = 0, FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(10) };

    private readonly CollectingSink _collecting = new();

    [Fact]
    public void A_batch_is_tried_again_after_growing_pauses()
    {
        var sink = new FlakySink(3, _collecting);
        var writer = Writer(sink);
        writer.Tell(Batch(2));

        foreach (var (failures, pause) in (IEnumerable<(int, int)>)[(1, 1), (2, 4), (3, 10)])
        {
            AwaitAssert(() => Assert.Equal($"IOException: failure {failures}", Status(writer).LastError));
            Clock.Advance(TimeSpan.FromSeconds(pause - 0.1));
            Assert.Equal((failures, failures - 1L), (sink.Calls, Status(writer).Retries));
            Clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        AwaitAssert(() => Assert.Equal((2, 3, 0), (Status(writer).Written, Status(writer).Retries, Status(writer).Dropped)));
        Assert.Equal(["1", "2"], _collecting.Events.Select(Some.Text));
    }

    [Fact]
    public void What_no_attempt_could_write_is_dropped_and_told_before_the_next_batch_and_again_when_that_is_repeated()
    {
        var sink = new FlakySink(3, _collecting);
        var writer = Writer(sink, Steady with { Attempts = 2 });
        writer.Tell(Batch(2));
        FailAndGoOn(writer, 1);
        AwaitAssert(() => Assert.Equal((2, 2), (Status(writer).Dropped, Status(writer).DroppedBy[DropReasons.Failed])));
        writer.Tell(Batch(1));
        FailAndGoOn(writer, 3);

        AwaitAssert(() => Assert.Equal(1, Status(writer).Written));
        Assert.Equal(["1-2 failed", "3"], _collecting.Events.Select(Some.Text));
        Assert.Equal(["1,2", "1,2", "1-2 failed,3", "1-2 failed,3"], sink.Batches);
    }

    [Fact]
    public void A_failure_that_cannot_pass_is_not_tried_again()
    {
        var writer = Writer(new FlakySink(1, _collecting), Steady with { MayPass = _ => false });
        writer.Tell(Batch(2));

        AwaitAssert(() => Assert.Equal((2, 0), (Status(writer).Dropped, Status(writer).Retries)));
    }

    [Fact]
    public void A_flush_makes_one_pause_of_a_batch_shorter_and_no_second_one()
    {
        var sink = new FlakySink(3, _collecting);
        var writer = Writer(sink);
        var asker = CreateTestProbe();
        writer.Tell(Batch(1));
        AwaitAssert(() => Assert.Equal("IOException: failure 1", Status(writer).LastError));

        writer.Tell(FlushSink.Instance, asker.Ref);
        AwaitAssert(() => Assert.Equal("IOException: failure 2", Status(writer).LastError));
        writer.Tell(FlushSink.Instance, asker.Ref);
        Assert.Equal((1, 2), (Status(writer).Retries, sink.Calls));

        Clock.Advance(TimeSpan.FromSeconds(4));
        AwaitAssert(() => Assert.Equal("IOException: failure 3", Status(writer).LastError));
        ExpectNoAnswer(writer, asker);
        Clock.Advance(TimeSpan.FromSeconds(10));
        asker.ExpectMsg<SinkFlushed>();
        asker.ExpectMsg<SinkFlushed>();
    }

    [Fact]
    public async Task A_flush_that_waits_already_when_a_batch_fails_makes_its_pause_shorter_too()
    {
        var gate = new Gate();
        var writer = Writer(new GatedSink(gate, new FlakySink(1, _collecting)));
        writer.Tell(Batch(1));
        var flushed = writer.Ask<SinkFlushed>(FlushSink.Instance);

        Assert.Equal(1, Status(writer).Queued);
        gate.Open();

        await flushed.Soon();
        Assert.Single(_collecting.Events);
    }

    [Fact]
    public void A_flush_tells_what_was_dropped_when_there_is_nothing_else_to_tell()
    {
        var gate = new Gate();
        var writer = Writer(new FlakySink(1, new GatedSink(gate, _collecting)), Steady with { Attempts = 1 });
        var asker = CreateTestProbe();
        writer.Tell(Batch(3));
        AwaitAssert(() => Assert.Equal(3, Status(writer).Dropped));

        writer.Tell(FlushSink.Instance, asker.Ref);
        Assert.Equal((0, 3), (Status(writer).Written, Status(writer).Dropped));
        ExpectNoAnswer(writer, asker);

        gate.Open();
        asker.ExpectMsg<SinkFlushed>();
        Assert.Equal(["1-3 failed"], _collecting.Events.Select(Some.Text));
        Assert.Equal((0, 3), (Status(writer).Written, Status(writer).Dropped));
    }

    [Fact]
    public void A_sink_that_hangs_is_given_up_and_told_what_it_missed_when_it_has_come_back()
    {
        var gate = new Gate();
        var sink = new GatedSink(gate, _collecting);
        var writer = Writer(sink);
        writer.Tell(Batch(3));
        Assert.Equal(3, Status(writer).Queued);

        Clock.Advance(TimeSpan.FromSeconds(31));
        AwaitAssert(() => Assert.Equal((0, 3), (Status(writer).Queued, Status(writer).Dropped)));
        writer.Tell(Batch(2));
        writer.Tell(FlushSink.Instance, TestActor);
        ExpectMsg<SinkFlushed>();
        Assert.Equal((5, 1), (Status(writer).DroppedBy[DropReasons.Hung], sink.Calls));
        Assert.Equal("The sink did not come back within 30 s.", Status(writer).LastError);

        // it did write what it was given up for, and is told otherwise: what it took too late cannot be known
        gate.Open();
        AwaitAssert(() => Assert.Equal(["1", "2", "3", "1-5 hung"], _collecting.Events.Select(Some.Text)));
        writer.Tell(Batch(1));
        AwaitAssert(() => Assert.Equal(1, Status(writer).Written));
    }

    [Fact]
    public void Whoever_waits_for_a_flush_of_a_sink_that_hangs_is_answered_when_it_is_given_up()
    {
        var gate = new Gate();
        var writer = Writer(new HangingSink(gate));
        writer.Tell(Batch(3));
        writer.Tell(FlushSink.Instance, TestActor);
        ExpectNoAnswer(writer, CreateTestProbe());

        Clock.Advance(TimeSpan.FromSeconds(31));

        ExpectMsg<SinkFlushed>();
        gate.Open();
    }

    private void FailAndGoOn(IActorRef writer, int failure)
    {
        AwaitAssert(() => Assert.Equal($"IOException: failure {failure}", Status(writer).LastError));
        Clock.Advance(Steady.FirstPause);
    }

    private IActorRef Writer(IBranchSink sink) => Writer(sink, Steady);

    /// <summary>Fails a number of times and counts in its messages, then writes to another sink.</summary>
    private sealed class FlakySink(int times, IBranchSink then) : IBranchSink
    {
        private readonly List<string> _batches = [];

        public IReadOnlyList<string> Batches => _batches;

        public int Calls => _batches.Count;

        public Task WriteAsync(IReadOnlyList<ExperimentEvent> batch, CancellationToken cancellationToken)
        {
            _batches.Add(string.Join(',', batch.Select(Some.Text)));
            return Calls <= times ? throw new IOException($"failure {Calls}") : then.WriteAsync(batch, cancellationToken);
        }
    }
}
