using Akka.Actor;
using Akka.Conformance.Support;
using Akka.Event;

namespace Akka.Conformance;

public class AskTests : ConformanceTest
{
    [Fact]
    public async Task The_reply_is_the_result() => Assert.Equal("hello", await StartEcho().Ask<string>("hello", Patience));

    [Fact]
    public async Task There_is_no_timeout_unless_one_is_given()
    {
        IActorRef? asker = null;
        using var received = new SemaphoreSlim(0);
        var actor = Start((_, context) =>
        {
            asker = context.Sender;
            received.Release();
        });
        var asking = actor.Ask<string>("x");
        Assert.True(await received.WaitAsync(Patience));
        await Task.Delay(Silence);
        Assert.False(asking.IsCompleted);
        asker.Tell("at last");
        Assert.Equal("at last", await asking.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_throw_in_a_handler_leaves_the_asker_waiting()
    {
        var actor = Start((_, _) => throw new InvalidOperationException("boom"));
        var asking = actor.Ask<string>("x");
        await Task.Delay(Silence);
        Assert.False(asking.IsCompleted);
    }

    [Fact]
    public async Task A_status_failure_throws_that_very_exception_with_its_stack()
    {
        Exception? thrown = null;
        var actor = Start((_, context) =>
        {
            try
            {
                ThrowFromAPlaceWithAName();
            }
            catch (InvalidOperationException exception)
            {
                thrown = exception;
                context.Sender.Tell(new Status.Failure(exception));
            }
        });
        var caught = await Assert.ThrowsAsync<InvalidOperationException>(() => actor.Ask<string>("x", Patience));
        Assert.Same(thrown, caught);
        Assert.Contains(nameof(ThrowFromAPlaceWithAName), caught.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_for_any_object_hands_the_status_failure_back_or_throws_its_cause()
    {
        // 1.5.30 hands it back, 1.5.74 throws: ask for a type
        var failure = new Status.Failure(new InvalidOperationException("boom"));
        object answer;
        try
        {
            answer = await StartEcho().Ask<object>(failure, Patience);
        }
        catch (InvalidOperationException cause)
        {
            answer = new Status.Failure(cause);
        }

        Assert.Same(failure.Cause, Assert.IsType<Status.Failure>(answer).Cause);
    }

    [Fact]
    public async Task A_status_success_is_not_unwrapped() => Assert.Same(
        Status.Success.Instance, await StartEcho().Ask<Status>(Status.Success.Instance, Patience));

    [Fact]
    public async Task A_reply_of_another_type_is_an_argument_exception()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => StartEcho().Ask<int>("x", Patience));
        Assert.Equal("Received message of type [System.String] - Ask expected message of type [System.Int32]", exception.Message);
    }

    [Fact]
    public async Task No_reply_in_time_is_an_ask_timeout_exception()
    {
        var exception = await Assert.ThrowsAsync<AskTimeoutException>(() => StartSilent().Ask<string>("x", TimeSpan.FromMilliseconds(50)));
        Assert.Equal("Timeout after 0.05 seconds", exception.Message);
    }

    [Fact]
    public async Task The_callers_token_cancels_with_a_task_canceled_exception()
    {
        using var source = new CancellationTokenSource();
        var asking = StartSilent().Ask<string>("x", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => asking);
    }

    [Fact]
    public async Task Canceling_an_ask_does_not_cancel_the_work()
    {
        using var release = new ManualResetEventSlim();
        var actor = Start((_, _) =>
        {
            release.Wait(Patience);
            TestActor.Tell("done", ActorRefs.NoSender);
        });
        using var source = new CancellationTokenSource();
        var asking = actor.Ask<string>("x", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => asking);
        release.Set();
        await ExpectMsgAsync("done", Patience);
    }

    [Fact]
    public async Task A_reply_that_comes_too_late_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var asker = new TaskCompletionSource<IActorRef>();
        var actor = Start((_, context) => asker.SetResult(context.Sender));
        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask<string>("x", TimeSpan.FromMilliseconds(50)));
        (await asker.Task).Tell("late", actor);
        Assert.Equal("late", (await ExpectMsgAsync<DeadLetter>(Patience)).Message);
    }

    [Fact]
    public async Task The_sender_of_an_ask_is_a_reference_of_its_own_even_inside_a_test()
    {
        var sender = await Start((_, context) => context.Sender.Tell(context.Sender)).Ask<IActorRef>("x", Patience);
        Assert.NotEqual(TestActor, sender);
        Assert.Equal("temp", sender.Path.Parent.Name);
    }

    [Fact]
    public async Task A_message_factory_gets_the_reference_to_reply_to()
    {
        var actor = Start((message, _) => ((IActorRef)message).Tell("reply"));
        Assert.Equal("reply", await actor.Ask<string>(self => self, Patience, CancellationToken.None));
    }

    [Fact]
    public async Task A_dead_actor_does_not_answer()
    {
        var actor = StartEcho();
        await StopAndWait(actor);
        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask<string>("x", TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public async Task Nobody_can_not_be_asked() => await Assert.ThrowsAsync<NotSupportedException>(() => ActorRefs.Nobody.Ask<string>("x", Patience));

    private static void ThrowFromAPlaceWithAName() => throw new InvalidOperationException("boom");
}
