using Akka.Actor;
using Akka.Conformance.Support;

namespace Akka.Conformance;

public class SchedulerTests : ConformanceTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_message_can_be_sent_later()
    {
        Sys.Scheduler.ScheduleTellOnce(Soon, TestActor, "later", TestActor);
        await ExpectMsgAsync("later", Patience);
        Assert.Equal(TestActor, LastSender);
    }

    [Fact]
    public async Task Or_again_and_again_until_cancelled()
    {
        var cancelable = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Soon, Soon, TestActor, "tick", ActorRefs.NoSender);
        for (var i = 0; i < 3; i++)
            await ExpectMsgAsync("tick", Patience);
        cancelable.Cancel();
        // One may be under way.
        await ReceiveOneAsync(Silence);
        await ExpectNoMsgAsync(Silence);
    }

    [Fact]
    public async Task What_is_cancelled_is_not_sent()
    {
        var cancelable = Sys.Scheduler.ScheduleTellOnceCancelable(TimeSpan.FromMilliseconds(150), TestActor, "never", ActorRefs.NoSender);
        cancelable.Cancel();
        Assert.True(cancelable.IsCancellationRequested);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(400));
    }

    [Fact]
    public async Task Code_can_be_run_later()
    {
        Sys.Scheduler.Advanced.ScheduleOnce(Soon, () => TestActor.Tell("ran", ActorRefs.NoSender));
        await ExpectMsgAsync("ran", Patience);
        var cancelable = Sys.Scheduler.Advanced.ScheduleRepeatedlyCancelable(Soon, Soon, () => TestActor.Tell("ran", ActorRefs.NoSender));
        await ExpectMsgAsync("ran", Patience);
        await ExpectMsgAsync("ran", Patience);
        cancelable.Cancel();
    }

    [Fact]
    public async Task Repeated_code_that_throws_is_logged_and_not_run_again()
    {
        var count = 0;
        await EventFilter.Exception<InvalidOperationException>("boom").ExpectOneAsync(Patience, () =>
        {
            Sys.Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.Zero, Soon, () =>
            {
                Interlocked.Increment(ref count);
                throw new InvalidOperationException("boom");
            });
            return Task.CompletedTask;
        }).ContinueWith(_ => { }, TaskScheduler.Default);
        await Task.Delay(Silence);
        Assert.Equal(1, count);
    }

    [Fact]
    public void A_delay_is_not_negative_and_an_interval_is_positive()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(-1), TestActor, "x", TestActor));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellRepeatedly(Soon, TimeSpan.Zero, TestActor, "x", TestActor));
    }

    [Fact]
    public async Task A_stopped_systems_scheduler_takes_nothing_more()
    {
        var system = ActorSystem.Create("short-lived");
        await system.Terminate().WaitAsync(Patience);
        Assert.Throws<SchedulerException>(() => system.Scheduler.ScheduleTellOnce(Soon, TestActor, "x", TestActor));
    }

    [Fact]
    public async Task A_cancelable_can_cancel_itself_later()
    {
        using var cancelable = new Cancelable(Sys.Scheduler, Soon);
        var cancelled = new TaskCompletionSource();
        await using var registration = cancelable.Token.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(Patience);
        Assert.True(cancelable.IsCancellationRequested);
        Assert.True(Cancelable.CreateCanceled().IsCancellationRequested);
    }
}
