using Akka.Actor;
using Akka.Conformance.Support;
using Akka.Event;

namespace Akka.Conformance;

public class StashAndTimerTests : ConformanceTest
{
    [Fact]
    public async Task Stashed_messages_come_back_in_order_and_before_the_rest()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stashing()));
        foreach (var message in new[] { "1", "2", "open", "3" })
            actor.Tell(message, TestActor);
        foreach (var message in new[] { "1", "2", "3" })
            await ExpectMsgAsync(message, Patience);
    }

    [Fact]
    public async Task A_stash_survives_a_restart()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stashing()));
        foreach (var message in new[] { "1", "2", "throw", "open" })
            actor.Tell(message, TestActor);
        await ExpectMsgAsync("1", Patience);
        await ExpectMsgAsync("2", Patience);
    }

    [Fact]
    public async Task A_stash_becomes_dead_letters_when_the_actor_stops()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = Sys.ActorOf(Props.Create(() => new Stashing()));
        actor.Tell("1");
        actor.Tell(PoisonPill.Instance);
        Assert.Equal("1", (await ExpectMsgAsync<DeadLetter>(Patience)).Message);
    }

    [Fact]
    public async Task The_same_message_can_not_be_stashed_twice() => await EventFilter.Exception<IllegalActorStateException>().ExpectOneAsync(Patience, () =>
    {
        Start((_, _) => { });
        Sys.ActorOf(Props.Create(() => new StashingTwice())).Tell("x");
        return Task.CompletedTask;
    });

    [Fact]
    public async Task Timers_are_there_in_the_constructor_and_send_messages_to_the_actor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Ticking(TestActor)));
        await ExpectMsgAsync("single", Patience);
        for (var i = 0; i < 3; i++)
            await ExpectMsgAsync("tick", Patience);
        Assert.True(await actor.Ask<bool>("active?", Patience));
    }

    [Fact]
    public async Task A_cancelled_or_replaced_timer_does_not_fire()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Ticking(TestActor)));
        Assert.Equal("stopped", await actor.Ask<string>("stop", Patience));
        await FishForMessageAsync<string>(text => text == "marker", Patience);
        await ExpectNoMsgAsync(Silence);
        Assert.False(await actor.Ask<bool>("active?", Patience));
    }

    [Fact]
    public async Task Timers_end_with_the_actor()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = Sys.ActorOf(Props.Create(() => new Ticking(Sys.DeadLetters)));
        await ExpectMsgAsync<DeadLetter>(Patience);
        Watch(actor);
        Sys.Stop(actor);
        await FishForMessageAsync<Terminated>(_ => true, Patience);
        await ExpectNoMsgAsync(Silence);
    }

    private sealed class Stashing : ReceiveActor, IWithStash
    {
        public Stashing()
        {
            Receive<string>(text => text == "throw", _ => throw new InvalidOperationException());
            Receive<string>(text => text == "open", _ =>
            {
                Become(() => ReceiveAny(message => Sender.Tell(message)));
                Stash.UnstashAll();
            });
            Receive<string>(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class StashingTwice : ReceiveActor, IWithUnboundedStash
    {
        private static bool _done;

        public StashingTwice() => Receive<string>(_ =>
        {
            // It comes back after the restart, and once is enough.
            if (_done)
                return;
            _done = true;
            Stash.Stash();
            Stash.Stash();
        });

        public IStash Stash { get; set; } = null!;
    }

    private sealed class Ticking : ReceiveActor, IWithTimers
    {
        public Ticking(IActorRef witness)
        {
            Timers.StartSingleTimer("single", "replaced", TimeSpan.FromMilliseconds(50));
            Timers.StartSingleTimer("single", "single", TimeSpan.FromMilliseconds(50));
            Timers.StartPeriodicTimer("tick", "tick", TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(50));
            Receive<string>(text => text == "active?", _ => Sender.Tell(Timers.IsTimerActive("tick")));
            Receive<string>(text => text == "stop", _ =>
            {
                Timers.CancelAll();
                Sender.Tell("stopped");
                witness.Tell("marker");
            });
            Receive<string>(text => witness.Tell(text));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
