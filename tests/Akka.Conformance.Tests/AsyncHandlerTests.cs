using System.Diagnostics;
using Akka.Actor;
using Akka.Conformance.Support;

namespace Akka.Conformance;

public class AsyncHandlerTests : ConformanceTest
{
    [Fact]
    public async Task ReceiveAsync_holds_the_mailbox()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Sleeper(true)));
        var elapsed = await TimeOfFiveRequests(actor);
        Assert.InRange(elapsed.TotalMilliseconds, 990, 10_000);
    }

    [Fact]
    public async Task PipeTo_self_does_not()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Sleeper(false)));
        var elapsed = await TimeOfFiveRequests(actor);
        Assert.InRange(elapsed.TotalMilliseconds, 190, 900);
    }

    [Fact]
    public async Task Inside_ReceiveAsync_sender_self_and_context_are_right_after_an_await()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(gate.Task)), "awaiting");
        actor.Tell("x", TestActor);
        gate.SetResult();
        Assert.Equal("x from awaiting in awaiting", await ExpectMsgAsync<string>(Patience));
    }

    [Fact]
    public async Task Outside_of_the_actor_sender_self_and_context_belong_to_nobody()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Careless(TestActor)));
        actor.Tell("x", TestActor);
        await ExpectMsgAsync("NotSupportedException NotSupportedException NotSupportedException", Patience);
    }

    [Fact]
    public async Task System_messages_run_while_an_asynchronous_handler_waits()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(gate.Task)));
        actor.Tell("x", TestActor);
        Watch(actor);
        Sys.Stop(actor);
        await ExpectTerminatedAsync(actor, Patience);
        gate.SetResult();
        await ExpectNoMsgAsync(Silence);
    }

    [Fact]
    public async Task An_exception_after_an_await_is_the_supervisors()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var strategy = new OneForOneStrategy(exception =>
        {
            TestActor.Tell(exception.Message, ActorRefs.NoSender);
            return Directive.Stop;
        });
        var parent = Sys.ActorOf(Props.Create(() => new Supervisor(strategy)));
        var actor = await parent.Ask<IActorRef>(Props.Create(() => new Awaiting(gate.Task)), Patience);
        Watch(actor);
        actor.Tell("x", TestActor);
        gate.SetException(new InvalidOperationException("boom"));
        await ExpectMsgAsync("boom", Patience);
        await ExpectTerminatedAsync(actor, Patience);
    }

    [Fact]
    public async Task The_next_message_finds_the_actor_ready_again()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(Task.Delay(10))));
        for (var i = 0; i < 20; i++)
            Assert.StartsWith($"{i} ", await actor.Ask<string>($"{i}", Patience), StringComparison.Ordinal);
    }

    private static async Task<TimeSpan> TimeOfFiveRequests(IActorRef actor)
    {
        await actor.Ask<int>(0, Patience);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => actor.Ask<int>(200, Patience)));
        return Stopwatch.GetElapsedTime(start);
    }

    private sealed class Sleeper : ReceiveActor
    {
        public Sleeper(bool holding)
        {
            if (holding)
            {
                ReceiveAsync<int>(async milliseconds =>
                {
                    await Task.Delay(milliseconds);
                    Sender.Tell(milliseconds);
                });
                return;
            }

            Receive<int>(milliseconds =>
            {
                var sender = Sender;
                Task.Delay(milliseconds).PipeTo(Self, sender, success: () => $"{milliseconds}");
            });
            Receive<string>(_ => Sender.Tell(0));
        }
    }

    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting(Task gate) => ReceiveAsync<string>(async text =>
        {
            await gate;
            Sender.Tell($"{text} from {Self.Path.Name} in {Context.Self.Path.Name}");
        });
    }

    private sealed class Careless : ReceiveActor
    {
        // A thread of its own, where an await might go on anywhere: what a pool's thread did before must not matter here.
        public Careless(IActorRef witness) => Receive<string>(_ => new Thread(() => witness.Tell(
            $"{Outcome(() => Sender)} {Outcome(() => Self)} {Outcome(() => Context)}", ActorRefs.NoSender)).Start());

        private static string Outcome(Func<object> access)
        {
            try
            {
                return access().ToString()!;
            }
            catch (Exception exception)
            {
                return exception.GetType().Name;
            }
        }
    }
}
