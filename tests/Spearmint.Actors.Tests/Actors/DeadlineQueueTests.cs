using Akka.TestKit.Xunit2;
using Spearmint.Protocol;
using Spearmint.Support;

namespace Spearmint.Actors;

public sealed class DeadlineQueueTests : TestKit
{
    private readonly FakeClock _clock = new();
    private readonly DeadlineQueue _queue;

    public DeadlineQueueTests() => _queue = new DeadlineQueue(_clock, TestActor);

    [Fact]
    public void The_supervisor_is_told_when_the_earliest_deadline_has_passed()
    {
        Add(seconds: 3);
        var first = Add(seconds: 1);

        _clock.Advance(TimeSpan.FromSeconds(1));

        ExpectMsg<DeadlinePassed>();
        Assert.Same(first, _queue.TakeDue());
        Assert.Null(_queue.TakeDue());
    }

    [Fact]
    public void What_is_due_is_taken_in_the_order_of_the_deadlines_whatever_their_lengths()
    {
        var third = Add(seconds: 3);
        var first = Add(seconds: 1);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        var second = Add(seconds: 1);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([first, second, third, null], [_queue.TakeDue(), _queue.TakeDue(), _queue.TakeDue(), _queue.TakeDue()]);
    }

    [Fact]
    public void What_was_removed_is_never_due_and_the_others_still_are()
    {
        var before = Add(seconds: 1);
        var removed = Add(seconds: 1);
        var after = Add(seconds: 1);
        DeadlineQueue.Remove(removed);
        DeadlineQueue.Remove(removed);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([before, after, null], [_queue.TakeDue(), _queue.TakeDue(), _queue.TakeDue()]);
    }

    [Fact]
    public void After_a_look_the_timer_is_set_to_the_next_deadline()
    {
        Add(seconds: 1);
        var next = Add(seconds: 2);
        _clock.Advance(TimeSpan.FromSeconds(1));
        ExpectMsg<DeadlinePassed>();
        _queue.TakeDue();
        Assert.Null(_queue.TakeDue());

        _clock.Advance(TimeSpan.FromSeconds(1));

        ExpectMsg<DeadlinePassed>();
        Assert.Same(next, _queue.TakeDue());
    }

    [Fact]
    public void A_deadline_below_a_millisecond_comes_neither_early_nor_never()
    {
        var item = new Timed();
        _queue.Add(item, TimeSpan.FromTicks(1), _clock.GetTimestamp());
        Assert.Null(_queue.TakeDue());

        _clock.Advance(TimeSpan.FromMilliseconds(1));

        ExpectMsg<DeadlinePassed>();
        Assert.Same(item, _queue.TakeDue());
    }

    [Fact]
    public void Lengths_that_single_runs_had_are_forgotten()
    {
        for (var length = 1; length <= 1000; length++)
            DeadlineQueue.Remove(Add(length));

        var last = Add(seconds: 0.5);
        _clock.Advance(TimeSpan.FromSeconds(2000));
        Assert.Same(last, _queue.TakeDue());
        Assert.InRange(_queue.Lengths, 1, 65);
    }

    protected override void AfterAll()
    {
        _queue.Dispose();
        base.AfterAll();
    }

    private Timed Add(double seconds)
    {
        var item = new Timed();
        _queue.Add(item, TimeSpan.FromSeconds(seconds), _clock.GetTimestamp());
        return item;
    }

    private sealed class Timed : Expiring;
}
