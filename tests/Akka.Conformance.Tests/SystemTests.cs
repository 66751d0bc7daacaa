using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Conformance.Support;

namespace Akka.Conformance;

public sealed class SystemTests : ConformanceTest
{
    [Fact]
    public async Task Terminate_drops_work_in_flight()
    {
        var system = ActorSystem.Create("in-flight");
        var count = 0;
        var begun = new TaskCompletionSource();
        var handle = Counting(begun, () => count++);
        var actor = system.ActorOf(Props.Create(() => new Handling(handle)));
        for (var i = 0; i < 1000; i++)
            actor.Tell(i, ActorRefs.NoSender);
        await begun.Task.WaitAsync(Patience);
        var start = Stopwatch.GetTimestamp();
        await system.Terminate().WaitAsync(Patience);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(count, 1, 999);
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Draining_is_a_task_of_coordinated_shutdown()
    {
        var system = ActorSystem.Create("draining");
        var count = 0;
        var handle = Counting(new TaskCompletionSource(), () => count++);
        var actor = system.ActorOf(Props.Create(() => new Handling(handle)));
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "drain", async () =>
        {
            await actor.GracefulStop(Patience);
            return Done.Instance;
        });
        for (var i = 0; i < 20; i++)
            actor.Tell(i, ActorRefs.NoSender);
        await system.Terminate().WaitAsync(Patience);
        Assert.Equal(20, count);
    }

    [Fact]
    public async Task Phases_run_one_after_another_and_their_tasks_side_by_side()
    {
        var system = ActorSystem.Create("phases");
        var shutdown = CoordinatedShutdown.Get(system);
        Assert.Null(shutdown.ShutdownReason);
        var ran = new List<string>();
        string[] phases =
        [
            CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseServiceRequestsDone,
            CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeClusterShutdown, CoordinatedShutdown.PhaseClusterShutdown,
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
        ];
        var both = new Barrier(2);
        foreach (var phase in phases.Reverse())
        {
            shutdown.AddTask(phase, "one", () => Task.Run(() =>
            {
                both.SignalAndWait(Patience);
                ran.Add(phase);
                return Done.Instance;
            }));
            shutdown.AddTask(phase, "two", () => Task.Run(() =>
            {
                both.SignalAndWait(Patience);
                return Done.Instance;
            }));
        }

        var reason = CoordinatedShutdown.ClrExitReason.Instance;
        await shutdown.Run(reason).WaitAsync(Patience);
        Assert.Equal(phases, ran);
        Assert.Same(reason, shutdown.ShutdownReason);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void A_phase_has_five_seconds_and_the_last_has_ten()
    {
        var shutdown = CoordinatedShutdown.Get(Sys);
        Assert.Equal(TimeSpan.FromSeconds(5), shutdown.Timeout(CoordinatedShutdown.PhaseServiceRequestsDone));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.Timeout(CoordinatedShutdown.PhaseActorSystemTerminate));
    }

    [Fact]
    public async Task A_phase_that_takes_too_long_or_fails_is_left_behind()
    {
        var system = ActorSystem.Create("too-long");
        var shutdown = CoordinatedShutdown.Get(system);
        var next = false;
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("boom");
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "hangs", () => new TaskCompletionSource<Done>().Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "next", () =>
        {
            next = true;
            return Task.FromResult(Done.Instance);
        });
        var start = Stopwatch.GetTimestamp();
        await system.Terminate().WaitAsync(Patience);
        Assert.True(next);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 4.9, 14);
    }

    [Fact]
    public async Task Terminate_gives_its_reason()
    {
        var system = ActorSystem.Create("reason");
        await system.Terminate().WaitAsync(Patience);
        Assert.IsType<CoordinatedShutdown.ActorSystemTerminateReason>(CoordinatedShutdown.Get(system).ShutdownReason);
    }

    [Fact]
    public async Task Callbacks_run_at_the_very_end_the_last_one_first()
    {
        var system = ActorSystem.Create("callbacks");
        var ran = new List<int>();
        system.RegisterOnTermination(() => ran.Add(1));
        system.RegisterOnTermination(() => ran.Add(2));
        await system.Terminate().WaitAsync(Patience);
        Assert.Equal([2, 1], ran);
        Assert.Throws<InvalidOperationException>(() => system.RegisterOnTermination(() => { }));
    }

    [Fact]
    public async Task A_terminated_system_starts_no_actors()
    {
        var system = ActorSystem.Create("over");
        await system.Terminate().WaitAsync(Patience);
        Assert.Throws<InvalidOperationException>(() => system.ActorOf(Props.Create(() => new Lifecycle(ActorRefs.Nobody))));
    }

    [Fact]
    public async Task Dispose_terminates()
    {
        var system = ActorSystem.Create("disposed");
        system.Dispose();
        await system.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public void An_extension_is_made_once_per_system()
    {
        Assert.False(Sys.HasExtension<Counter>());
        var counter = new CounterId().Apply(Sys);
        Assert.Same(counter, new CounterId().Get(Sys));
        Assert.Same(counter, Sys.WithExtension<Counter, CounterId>());
        Assert.Same(counter, Sys.GetExtension<Counter>());
        Assert.True(Sys.TryGetExtension<Counter>(out var found));
        Assert.Same(counter, found);
    }

    [Fact]
    public async Task Setups_are_found_by_their_type()
    {
        var system = ActorSystem.Create("setups", ActorSystemSetup.Create(new MySetup("x")).And(BootstrapSetup.Create()));
        Assert.Equal("x", system.Settings.Setup.Get<MySetup>().Value.Text);
        Assert.False(ActorSystemSetup.Empty.Get<MySetup>().HasValue);
        await system.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public void A_props_takes_a_constructor_call_and_evaluates_its_arguments_once()
    {
        var number = 7;
        var props = Props.Create(() => new Numbered(number));
        number = 8;
        Assert.Equal([7], props.Arguments);
        Assert.Equal(typeof(Numbered), props.Type);
        Assert.Equal([8], Props.Create<Numbered>(number).Arguments);
        Assert.Throws<ArgumentException>(() => Props.Create(typeof(string)));
    }

    [Fact]
    public async Task An_actor_can_come_from_a_producer()
    {
        var actor = Sys.ActorOf(Props.CreateBy(new Producer(42)));
        Assert.Equal(42, await actor.Ask<int>("x", Patience));
    }

    private static Action<object, IActorContext> Counting(TaskCompletionSource begun, Action count) => (_, _) =>
    {
        count();
        begun.TrySetResult();
        Thread.Sleep(10);
    };

    private sealed class MySetup(string text) : Setup
    {
        public string Text { get; } = text;
    }

    private sealed class Counter : IExtension;

    private sealed class CounterId : ExtensionIdProvider<Counter>
    {
        public override Counter CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class Numbered : ReceiveActor
    {
        public Numbered(int number) => ReceiveAny(_ => Sender.Tell(number));
    }

    private sealed class Producer(int number) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Numbered);

        public ActorBase Produce() => new Numbered(number);

        public void Release(ActorBase actor)
        {
        }
    }
}
