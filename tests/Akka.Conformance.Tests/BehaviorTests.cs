using Akka.Actor;
using Akka.Conformance.Support;

namespace Akka.Conformance;

public class BehaviorTests : ConformanceTest
{
    [Fact]
    public async Task The_first_declaration_that_fits_wins()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Choosy()));
        Assert.Equal("short x", await actor.Ask<string>("x", Patience));
        Assert.Equal("text long", await actor.Ask<string>("long", Patience));
        Assert.Equal("deciding 1", await actor.Ask<string>(1, Patience));
        Assert.Equal("number 2", await actor.Ask<string>(2, Patience));
        Assert.Equal("by type 2.5", await actor.Ask<string>(2.5, Patience));
        Assert.Equal("any True", await actor.Ask<string>(true, Patience));
    }

    [Fact]
    public async Task Become_replaces_and_the_first_behavior_stays_underneath()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Switching()));
        Assert.Equal("first", await actor.Ask<string>("?", Patience));
        actor.Tell("become");
        Assert.Equal("second", await actor.Ask<string>("?", Patience));
        actor.Tell("become");
        Assert.Equal("second", await actor.Ask<string>("?", Patience));
        actor.Tell("unbecome");
        Assert.Equal("first", await actor.Ask<string>("?", Patience));
    }

    [Fact]
    public async Task BecomeStacked_can_be_taken_back_one_by_one()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Switching()));
        actor.Tell("stack");
        actor.Tell("stack");
        Assert.Equal("second", await actor.Ask<string>("?", Patience));
        actor.Tell("unbecome");
        Assert.Equal("second", await actor.Ask<string>("?", Patience));
        actor.Tell("unbecome");
        Assert.Equal("first", await actor.Ask<string>("?", Patience));
        actor.Tell("unbecome");
        Assert.Equal("first", await actor.Ask<string>("?", Patience));
    }

    [Fact]
    public async Task An_actor_can_become_something_in_its_constructor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new BornAs()));
        Assert.Equal("born so", await actor.Ask<string>("?", Patience));
    }

    [Fact]
    public async Task A_restart_brings_the_first_behavior_back()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Switching()));
        actor.Tell("become");
        Assert.Equal("second", await actor.Ask<string>("?", Patience));
        actor.Tell("throw");
        Assert.Equal("first", await actor.Ask<string>("?", Patience));
    }

    [Fact]
    public async Task Receive_is_for_the_constructor_and_Become_only()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Late()));
        Assert.IsType<InvalidOperationException>(await actor.Ask<Exception>("receive", Patience));
    }

    [Fact]
    public async Task Nothing_can_be_declared_after_ReceiveAny()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Late()));
        Assert.IsType<InvalidOperationException>(await actor.Ask<Exception>("after any", Patience));
    }

    [Fact]
    public void An_actor_is_made_by_a_system_only()
    {
        // On a thread where no actor is current: on a test's, the test actor is.
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(() => new Choosy()));
        thread.Start();
        thread.Join();
        Assert.IsType<ActorInitializationException>(thrown);
    }

    [Fact]
    public async Task A_receive_timeout_comes_when_nothing_else_does()
    {
        Sys.ActorOf(Props.Create(() => new Impatient(TestActor)));
        await ExpectMsgAsync("timeout", Patience);
        await ExpectMsgAsync("timeout", Patience);
        await ExpectNoMsgAsync(Silence);
    }

    [Fact]
    public async Task Messages_that_do_not_count_do_not_put_a_receive_timeout_off()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Impatient(TestActor)));
        using var cancel = new CancellationTokenSource();
        var chatter = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(0, 20, actor, new Uncounted(), ActorRefs.NoSender);
        await ExpectMsgAsync("timeout", Patience);
        chatter.Cancel();
    }

    private sealed record Uncounted : INotInfluenceReceiveTimeout;

    private sealed class Choosy : ReceiveActor
    {
        public Choosy()
        {
            Receive<string>(text => text.Length < 2, text => Sender.Tell($"short {text}"));
            Receive<string>(text => Sender.Tell($"text {text}"));
            Receive<int>(number =>
            {
                if (number != 1)
                    return false;
                Sender.Tell($"deciding {number}");
                return true;
            });
            Receive<int>(number => Sender.Tell($"number {number}"));
            Receive(typeof(double), number => Sender.Tell($"by type {number}"));
            ReceiveAny(message => Sender.Tell($"any {message}"));
        }
    }

    private sealed class Switching : ReceiveActor
    {
        public Switching()
        {
            Commands();
            Receive<string>(_ => Sender.Tell("first"));
        }

        private void Commands()
        {
            Receive<string>(text => text == "become", _ => Become(Second));
            Receive<string>(text => text == "stack", _ => BecomeStacked(Second));
            Receive<string>(text => text == "unbecome", _ => UnbecomeStacked());
            Receive<string>(text => text == "throw", _ => throw new InvalidOperationException());
        }

        private void Second()
        {
            Commands();
            Receive<string>(_ => Sender.Tell("second"));
        }
    }

    private sealed class BornAs : ReceiveActor
    {
        public BornAs() => Become(() => ReceiveAny(_ => Sender.Tell("born so")));
    }

    private sealed class Late : ReceiveActor
    {
        public Late()
        {
            Receive<string>(text => text == "receive", _ => Sender.Tell(Record.Exception(() => Receive<int>(_ => { }))));
            Receive<string>(_ => Sender.Tell(Record.Exception(() => Become(() =>
            {
                ReceiveAny(_ => { });
                Receive<int>(_ => { });
            }))));
        }
    }

    private sealed class Impatient : ReceiveActor
    {
        private int _count;

        public Impatient(IActorRef witness)
        {
            SetReceiveTimeout(TimeSpan.FromMilliseconds(100));
            Receive<ReceiveTimeout>(_ =>
            {
                witness.Tell("timeout");
                if (++_count == 2)
                    SetReceiveTimeout(null);
            });
            Receive<Uncounted>(_ => { });
        }
    }
}
