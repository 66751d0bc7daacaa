using Akka.Actor;
using Akka.Conformance.Support;

namespace Akka.Conformance;

public class DeathWatchTests : ConformanceTest
{
    [Fact]
    public async Task A_watcher_is_told_of_a_death_by_the_dead()
    {
        var subject = StartSilent();
        var watcher = StartWatcher();
        await watcher.Ask<string>(subject, Patience);
        Sys.Stop(subject);
        await ExpectMsgAsync(new Died(subject), Patience);
        Assert.Equal(subject, LastSender);
    }

    [Fact]
    public async Task Watching_the_dead_also_delivers()
    {
        var subject = StartSilent();
        await StopAndWait(subject);
        var watcher = StartWatcher();
        await watcher.Ask<string>(subject, Patience);
        await ExpectMsgAsync(new Died(subject), Patience);
    }

    [Fact]
    public async Task WatchWith_turns_a_death_into_a_message()
    {
        var subject = StartSilent();
        var watcher = StartWatcher();
        await watcher.Ask<string>((subject, "gone"), Patience);
        Sys.Stop(subject);
        await ExpectMsgAsync("gone", Patience);
        var dead = (subject, "gone as well");
        await StartWatcher().Ask<string>(dead, Patience);
        await ExpectMsgAsync("gone as well", Patience);
    }

    [Fact]
    public async Task The_first_watch_counts()
    {
        var subject = StartSilent();
        var watcher = StartWatcher();
        await watcher.Ask<string>((subject, "first"), Patience);
        await watcher.Ask<string>((subject, "second"), Patience);
        Sys.Stop(subject);
        await ExpectMsgAsync("first", Patience);
        await ExpectNoMsgAsync(Silence);
    }

    [Fact]
    public async Task Unwatched_deaths_are_silent()
    {
        var subject = StartSilent();
        var watcher = StartWatcher();
        await watcher.Ask<string>(subject, Patience);
        await watcher.Ask<string>(("unwatch", subject), Patience);
        await StopAndWait(subject);
        await ExpectNoMsgAsync(Silence);
    }

    [Fact]
    public async Task An_unhandled_Terminated_is_a_death_pact_which_default_supervision_answers_with_a_stop()
    {
        var subject = StartSilent();
        var watcher = Sys.ActorOf(Props.Create(() => new Dependent()));
        await watcher.Ask<string>(subject, Patience);
        Watch(watcher);
        await EventFilter.Exception<DeathPactException>().ExpectOneAsync(Patience, async () =>
        {
            Sys.Stop(subject);
            await ExpectTerminatedAsync(watcher, Patience);
        });
    }

    [Fact]
    public async Task What_the_dead_had_said_comes_before_the_news_of_its_death()
    {
        for (var i = 0; i < 100; i++)
        {
            var talker = Start((message, context) =>
            {
                TestActor.Tell("last words");
                context.Stop(context.Self);
            });
            Watch(talker);
            talker.Tell("go");
            await ExpectMsgAsync("last words", Patience);
            await ExpectTerminatedAsync(talker, Patience);
        }
    }

    [Fact]
    public async Task PostStop_runs_after_the_current_message_and_before_watchers_know()
    {
        using var release = new ManualResetEventSlim();
        var actor = Sys.ActorOf(Props.Create(() => new Slow(TestActor, release)));
        Watch(actor);
        actor.Tell("x");
        await ExpectMsgAsync("begun", Patience);
        Sys.Stop(actor);
        await ExpectNoMsgAsync(Silence);
        release.Set();
        await ExpectMsgAsync("done", Patience);
        await ExpectMsgAsync("PostStop", Patience);
        await ExpectTerminatedAsync(actor, Patience);
    }

    [Fact]
    public async Task Children_stop_before_their_parent()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Lifecycle(TestActor)));
        var child = await parent.Ask<IActorRef>("spawn", Patience);
        for (var i = 0; i < 4; i++)
            await ExpectMsgAsync<string>(Patience);
        Sys.Stop(parent);
        await ExpectMsgAsync("PostStop", Patience);
        Assert.Equal(child, LastSender);
        await ExpectMsgAsync("PostStop", Patience);
        Assert.Equal(parent, LastSender);
    }

    [Fact]
    public async Task A_poison_pill_waits_its_turn()
    {
        var actor = Start((message, context) => TestActor.Tell(message));
        Watch(actor);
        actor.Tell("before");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("after");
        await ExpectMsgAsync("before", Patience);
        await ExpectTerminatedAsync(actor, Patience);
        await ExpectNoMsgAsync(Silence);
    }

    [Fact]
    public async Task GracefulStop_waits_for_the_end()
    {
        var actor = StartSilent();
        Assert.True(await actor.GracefulStop(Patience));
        Assert.True(await actor.GracefulStop(Patience));
    }

    [Fact]
    public async Task GracefulStop_is_false_when_time_runs_out()
    {
        using var release = new ManualResetEventSlim();
        var actor = Start((_, _) => release.Wait(Patience));
        actor.Tell("x");
        Assert.False(await actor.GracefulStop(TimeSpan.FromMilliseconds(100)));
        release.Set();
    }

    [Fact]
    public async Task GracefulStop_can_send_a_message_of_ones_own()
    {
        var actor = Start((message, context) =>
        {
            TestActor.Tell(message);
            context.Stop(context.Self);
        });
        Assert.True(await actor.GracefulStop(Patience, "please"));
        await ExpectMsgAsync("please", Patience);
    }

    private IActorRef StartWatcher() => Start((message, context) =>
    {
        switch (message)
        {
            case IActorRef subject:
                context.Watch(subject);
                context.Sender.Tell("ok");
                break;
            case (IActorRef subject, string instead):
                context.WatchWith(subject, instead);
                context.Sender.Tell("ok");
                break;
            case (string, IActorRef subject):
                context.Unwatch(subject);
                context.Sender.Tell("ok");
                break;
            case Terminated terminated:
                // Not as it is: only who watches can be told of a death.
                TestActor.Tell(new Died(terminated.ActorRef), context.Sender);
                break;
            default:
                TestActor.Forward(message);
                break;
        }
    });

    private sealed record Died(IActorRef Subject);

    private sealed class Dependent : ReceiveActor
    {
        public Dependent() => Receive<IActorRef>(subject =>
        {
            Context.Watch(subject);
            Sender.Tell("ok");
        });
    }

    private sealed class Slow(IActorRef witness, ManualResetEventSlim release) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            witness.Tell("begun");
            release.Wait(Patience);
            witness.Tell("done");
        }

        protected override void PostStop() => witness.Tell("PostStop");
    }
}
