using System.Diagnostics;
using Akka.Actor;
using Akka.Conformance.Support;
using Akka.Event;

namespace Akka.Conformance;

public class MessagingTests : ConformanceTest
{
    private static readonly AsyncLocal<string?> Ambient = new();

    [Fact]
    public async Task Null_can_not_be_told()
    {
        var actor = StartEcho();
        await actor.Ask<string>("started", Patience);
        Assert.Throws<ArgumentNullException>(() => actor.Tell(null!));
    }

    [Fact]
    public async Task Messages_between_two_actors_keep_their_order()
    {
        const int Count = 1000;
        var receiver = Start((message, _) => TestActor.Tell(message));
        var sender = Start((_, _) =>
        {
            for (var i = 0; i < Count; i++)
                receiver.Tell(i);
        });
        sender.Tell("go");
        for (var i = 0; i < Count; i++)
            await ExpectMsgAsync(i, Patience);
    }

    [Fact]
    public async Task An_actor_is_never_run_by_two_threads_at_once()
    {
        const int Senders = 8, Each = 2000;
        var (inside, overlaps, count) = (0, 0, 0);
        var actor = Start((_, _) =>
        {
            if (Interlocked.Increment(ref inside) != 1)
                Interlocked.Increment(ref overlaps);
            // Not interlocked: a lost update or a stale read would show.
            count++;
            Interlocked.Decrement(ref inside);
            if (count == Senders * Each)
                TestActor.Tell("all");
        });
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                actor.Tell(i, ActorRefs.NoSender);
        })));
        await ExpectMsgAsync("all", Patience);
        Assert.Equal(0, overlaps);
    }

    [Fact]
    public async Task Mailboxes_are_unbounded()
    {
        using var release = new ManualResetEventSlim();
        var count = 0;
        var actor = Start((message, _) =>
        {
            release.Wait(Patience);
            if (++count == 100_000)
                TestActor.Tell("all");
        });
        for (var i = 0; i < 100_000; i++)
            actor.Tell(i, ActorRefs.NoSender);
        release.Set();
        await ExpectMsgAsync("all", Patience);
    }

    [Fact]
    public async Task Without_a_sender_the_sender_is_the_dead_letters()
    {
        var actor = Start((_, context) => TestActor.Tell(context.Sender));
        actor.Tell("x", ActorRefs.NoSender);
        Assert.Equal(Sys.DeadLetters, await ExpectMsgAsync<IActorRef>(Patience));
    }

    [Fact]
    public async Task Forward_keeps_the_sender()
    {
        var second = StartEcho();
        var first = Start((message, _) => second.Forward(message));
        first.Tell("x", TestActor);
        await ExpectMsgAsync("x", Patience);
        Assert.Equal(second, LastSender);
    }

    [Fact]
    public async Task Async_locals_and_the_current_activity_do_not_cross_a_mailbox()
    {
        Ambient.Value = "mine";
        using var activity = new Activity("caller").Start();
        var actor = Start((_, _) => TestActor.Tell((Ambient.Value, Activity.Current?.OperationName)));
        actor.Tell("x", ActorRefs.NoSender);
        await ExpectMsgAsync<(string?, string?)>((null, null), Patience);
    }

    [Fact]
    public async Task What_is_told_to_a_stopped_actor_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = StartSilent();
        await StopAndWait(actor);
        actor.Tell("too late", TestActor);
        var letter = await ExpectMsgAsync<DeadLetter>(Patience);
        Assert.Equal(("too late", TestActor, actor), (letter.Message, letter.Sender, letter.Recipient));
    }

    [Fact]
    public async Task What_is_told_to_the_dead_letters_is_one()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Sys.DeadLetters.Tell("x");
        Assert.Equal("x", (await ExpectMsgAsync<DeadLetter>(Patience)).Message);
    }

    [Fact]
    public async Task Poison_pills_and_other_suppressed_messages_are_no_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = StartSilent();
        await StopAndWait(actor);
        actor.Tell(PoisonPill.Instance);
        actor.Tell("marker");
        Assert.Equal("marker", (await ExpectMsgAsync<DeadLetter>(Patience)).Message);
    }

    [Fact]
    public async Task A_message_that_no_receive_matches_is_published_as_unhandled()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new OnlyText()));
        actor.Tell(1.5, TestActor);
        var unhandled = await ExpectMsgAsync<UnhandledMessage>(Patience);
        Assert.Equal((1.5, TestActor, actor), (unhandled.Message, unhandled.Sender, unhandled.Recipient));
        Assert.Equal("still alive", await actor.Ask<string>("still alive", Patience));
    }

    [Fact]
    public async Task Messages_behind_the_one_that_stops_the_actor_are_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        using var release = new ManualResetEventSlim();
        var actor = Start((_, context) =>
        {
            release.Wait(Patience);
            context.Stop(context.Self);
        });
        actor.Tell("first");
        actor.Tell("second");
        actor.Tell("third");
        release.Set();
        Assert.Equal("second", (await ExpectMsgAsync<DeadLetter>(Patience)).Message);
        Assert.Equal("third", (await ExpectMsgAsync<DeadLetter>(Patience)).Message);
    }

    private sealed class OnlyText : ReceiveActor
    {
        public OnlyText() => Receive<string>(text => Sender.Tell(text));
    }
}
