using FsCheck;
using FsCheck.Fluent;
using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Execution;

public sealed class SinkQueueTests
{
    private readonly FakeClock _clock = new();
    private SinkQueue _queue;
    private long _next = 1;

    public SinkQueueTests() => _queue = new SinkQueue(new SinkOptions { QueueLimit = 10, MaxBatch = 4 }, _clock);

    [Fact]
    public void Events_come_out_in_batches_in_their_order()
    {
        Add(6);

        Assert.Equal(["1", "2", "3", "4"], Take());
        _queue.Complete();
        Assert.Equal(["5", "6"], Take());
        _queue.Complete();
        Assert.Equal((6, 0), (_queue.Written, _queue.Queued));
    }

    [Fact]
    public void What_finds_no_room_leaves_one_stretch_behind_what_waits()
    {
        Add(8);
        Assert.Equal("11-14 queue_full", Some.Text(Add(6)!));
        Add(3);

        Assert.Equal(["1", "2", "3", "4"], Take());
        _queue.Complete();
        Add(1);
        Assert.Equal(["5", "6", "7", "8"], Take());
        _queue.Complete();
        Assert.Equal(["9", "10", "11-17 queue_full", "18"], Take());
    }

    [Fact]
    public void The_batch_that_is_being_written_takes_room_too()
    {
        Add(10);
        Take();

        Assert.NotNull(Add(1));
    }

    [Fact]
    public void A_stretch_right_behind_the_last_event_of_a_batch_goes_with_it()
    {
        Add(11);
        Take();
        _queue.Complete();
        Take();
        _queue.Complete();

        Assert.Equal(["9", "10", "11-11 queue_full"], Take());
    }

    [Fact]
    public void A_batch_that_is_given_up_leaves_a_stretch_before_the_next()
    {
        Add(6);
        Take();

        _queue.GiveUp(DropReasons.Failed);

        Assert.Equal(["1-4 failed", "5", "6"], Take());
    }

    [Fact]
    public void Stretches_that_meet_become_one_with_the_reason_of_the_first()
    {
        Add(12);
        Take();
        _queue.Complete();
        Take();
        _queue.GiveUp(DropReasons.Failed);
        Take();
        _queue.GiveUp(DropReasons.Hung);
        _queue.Refuse(Some.Events(13, 2), DropReasons.Hung);

        Assert.Equal(["5-14 failed"], Take());
        Assert.True(_queue.IsTelling);
        Assert.Equal(new Dictionary<string, long> { ["failed"] = 4, ["hung"] = 4, ["queue_full"] = 2 }, _queue.DroppedBy());
    }

    [Fact]
    public void All_can_be_dropped_at_once()
    {
        Add(12);
        Take();

        Assert.Equal("1-12 hung", Some.Text(_queue.DropAll(DropReasons.Hung)!));
        Assert.Equal((0, false, true), (_queue.Queued, _queue.IsWriting, _queue.HasNews));
        Assert.Equal(new Dictionary<string, long> { ["queue_full"] = 2, ["hung"] = 10 }, _queue.DroppedBy());
    }

    [Fact]
    public void There_is_nothing_untold_where_nothing_was_lost()
    {
        Add(2);
        Take();
        _queue.Complete();

        Assert.Null(_queue.DropAll(DropReasons.ShutDown));
        Assert.False(_queue.HasNews);
    }

    [Fact]
    public void A_batch_is_due_when_it_is_full_or_its_first_event_so_old()
    {
        _queue = new SinkQueue(new SinkOptions { QueueLimit = 10, MaxBatch = 4, BatchTime = TimeSpan.FromSeconds(5) }, _clock);
        Add(1);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Add(2);
        Assert.Equal(TimeSpan.FromSeconds(3), _queue.UntilDue());

        Add(1);
        Assert.Equal(TimeSpan.Zero, _queue.UntilDue());
        Take();
        _queue.Complete();
        Add(1);
        Assert.Equal(TimeSpan.FromSeconds(5), _queue.UntilDue());
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(TimeSpan.Zero, _queue.UntilDue());
    }

    [Fact]
    public void A_queue_smaller_than_a_batch_is_due_when_it_is_full()
    {
        _queue = new SinkQueue(new SinkOptions { QueueLimit = 2, MaxBatch = 4, BatchTime = TimeSpan.FromSeconds(5) }, _clock);
        Add(2);

        Assert.Equal(TimeSpan.Zero, _queue.UntilDue());
    }

    // up to 5 adds so many events, 6 takes a batch or completes it, 7 takes one or gives it up, 8 drops all, 9 refuses an event
    [Fact]
    public void Whatever_happens_every_number_comes_once_as_an_event_or_in_a_stretch_and_the_queue_is_bounded() =>
        Prop.ForAll(Gen.Choose(1, 9).ListOf(60).Select(list => list.ToArray()).ToArbitrary(), steps =>
        {
            _queue = new SinkQueue(new SinkOptions { QueueLimit = 7, MaxBatch = 3 }, _clock);
            _next = 1;
            var told = new List<ExperimentEvent>();
            IReadOnlyList<ExperimentEvent> batch = [];
            foreach (var step in steps)
            {
                batch = Do(step, batch, told);
                Assert.InRange(_queue.Queued, 0, 7);
            }

            if (_queue.DropAll(DropReasons.ShutDown) is { } untold)
                told.Add(untold);

            var numbers = told.SelectMany(happened => Enumerable.Range((int)happened.Sequence, happened is EventsDropped lost ? (int)lost.Count : 1));
            Assert.Equal(Enumerable.Range(1, (int)_next - 1), numbers);
            Assert.Equal(_next - 1, _queue.Written + _queue.DroppedBy().Values.Sum());
            Assert.Equal(_queue.Written, told.Count(happened => happened is not EventsDropped));
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500));

    private IReadOnlyList<ExperimentEvent> Do(int step, IReadOnlyList<ExperimentEvent> batch, List<ExperimentEvent> told)
    {
        if (step <= 5)
            Add(step);
        else if (step == 8)
            _queue.DropAll(DropReasons.Hung);
        else if (step == 9)
            _queue.Refuse(Some.Events(_next++, 1), DropReasons.Hung);
        else if (!_queue.IsWriting)
            return _queue.HasNews ? _queue.Take() : [];
        else if (step == 7)
            _queue.GiveUp(DropReasons.Failed);
        else
        {
            told.AddRange(batch);
            _queue.Complete();
        }

        return batch;
    }

    private EventsDropped? Add(int count)
    {
        var dropped = _queue.Add(Some.Events(_next, count));
        _next += count;
        return dropped;
    }

    private IEnumerable<string> Take() => _queue.Take().Select(Some.Text);
}
