using Akka.Actor;
using Akka.Conformance.Support;

namespace Akka.Conformance;

public class SupervisionTests : ConformanceTest
{
    [Fact]
    public async Task Default_supervision_restarts_without_limit_and_a_restart_resets_fields()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Lifecycle(Sys.DeadLetters)));
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(1, await actor.Ask<int>("count", Patience));
            Assert.Equal(2, await actor.Ask<int>("count", Patience));
            actor.Tell(new InvalidOperationException("again"));
        }

        Assert.Equal(1, await actor.Ask<int>("count", Patience));
    }

    [Fact]
    public async Task A_restart_runs_the_hooks_in_order_and_stops_the_children()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Lifecycle(TestActor)));
        await ExpectInOrder("constructed", "PreStart");
        var child = await actor.Ask<IActorRef>("spawn", Patience);
        await ExpectInOrder("constructed", "PreStart");
        Watch(child);
        actor.Tell(new InvalidOperationException("boom"));
        actor.Tell("after", TestActor);
        await ExpectInOrder("PreRestart boom", "PostStop");
        // The child's end, and the news of it, which come from different actors.
        await FishForMessageAsync<string>(text => text == "PostStop", Patience);
        await FishForMessageAsync<string>(text => text == "constructed", Patience);
        await FishForMessageAsync<string>(text => text == "PostRestart boom", Patience);
        await FishForMessageAsync<string>(text => text == "PreStart", Patience);
        await FishForMessageAsync<string>(text => text == "after", Patience);
    }

    [Fact]
    public async Task The_message_that_failed_is_lost_and_the_others_wait()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Lifecycle(Sys.DeadLetters)));
        actor.Tell("one", TestActor);
        actor.Tell(new InvalidOperationException("boom"), TestActor);
        actor.Tell("two", TestActor);
        await ExpectMsgAsync("one", Patience);
        await ExpectMsgAsync("two", Patience);
    }

    [Fact]
    public async Task Resume_keeps_the_fields()
    {
        var (actor, _) = await StartChild(new OneForOneStrategy(_ => Directive.Resume));
        Assert.Equal(1, await actor.Ask<int>("count", Patience));
        actor.Tell(new InvalidOperationException("boom"));
        Assert.Equal(2, await actor.Ask<int>("count", Patience));
    }

    [Fact]
    public async Task Stop_stops()
    {
        var (actor, _) = await StartChild(new OneForOneStrategy(_ => Directive.Stop));
        Watch(actor);
        actor.Tell(new InvalidOperationException("boom"));
        await ExpectTerminatedAsync(actor, Patience);
    }

    [Fact]
    public async Task Escalate_makes_it_the_parents_failure()
    {
        var inner = Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Escalate)));
        var (middle, _) = await StartChild(
            new OneForOneStrategy(exception =>
            {
                TestActor.Tell(exception.Message, ActorRefs.NoSender);
                return Directive.Stop;
            }),
            inner);
        var actor = await middle.Ask<IActorRef>(Props.Create(() => new Lifecycle(Sys.DeadLetters)), Patience);
        Watch(middle);
        actor.Tell(new InvalidOperationException("boom"));
        await ExpectMsgAsync("boom", Patience);
        await ExpectTerminatedAsync(middle, Patience);
    }

    [Fact]
    public async Task Escalated_failures_that_are_resumed_leave_the_child_running()
    {
        var inner = Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Escalate)));
        var (middle, _) = await StartChild(new OneForOneStrategy(_ => Directive.Resume), inner);
        var actor = await middle.Ask<IActorRef>(Props.Create(() => new Lifecycle(Sys.DeadLetters)), Patience);
        var sibling = await middle.Ask<IActorRef>(Props.Create(() => new Lifecycle(Sys.DeadLetters)), Patience);
        Assert.Equal(1, await actor.Ask<int>("count", Patience));
        actor.Tell(new InvalidOperationException("boom"));
        Assert.Equal(2, await actor.Ask<int>("count", Patience));
        Assert.Equal(1, await sibling.Ask<int>("count", Patience));
        Assert.Equal("x", await middle.Ask<string>("x", Patience));
    }

    [Fact]
    public async Task A_limit_of_restarts_within_a_time_range_ends_in_a_stop()
    {
        var (actor, _) = await StartChild(new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(actor);
        for (var i = 0; i < 2; i++)
        {
            actor.Tell(new InvalidOperationException("boom"));
            Assert.Equal(1, await actor.Ask<int>("count", Patience));
        }

        actor.Tell(new InvalidOperationException("boom"));
        await ExpectTerminatedAsync(actor, Patience);
    }

    [Fact]
    public async Task Restarts_long_ago_do_not_count()
    {
        var (actor, _) = await StartChild(new OneForOneStrategy(1, TimeSpan.FromMilliseconds(100), _ => Directive.Restart));
        for (var i = 0; i < 4; i++)
        {
            actor.Tell(new InvalidOperationException("boom"));
            Assert.Equal(1, await actor.Ask<int>("count", Patience));
            await Task.Delay(200);
        }
    }

    [Fact]
    public async Task No_restarts_allowed_means_stop()
    {
        var (actor, _) = await StartChild(new OneForOneStrategy(0, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(actor);
        actor.Tell(new InvalidOperationException("boom"));
        await ExpectTerminatedAsync(actor, Patience);
    }

    [Fact]
    public async Task All_for_one_restarts_the_siblings_too()
    {
        var (actor, parent) = await StartChild(new AllForOneStrategy(_ => Directive.Restart));
        var sibling = await parent.Ask<IActorRef>(Props.Create(() => new Lifecycle(TestActor)), Patience);
        await ExpectInOrder("constructed", "PreStart");
        Assert.Equal(1, await sibling.Ask<int>("count", Patience));
        actor.Tell(new InvalidOperationException("boom"));
        await ExpectInOrder("PreRestart boom", "PostStop", "constructed", "PostRestart boom", "PreStart");
        Assert.Equal(1, await sibling.Ask<int>("count", Patience));
    }

    [Fact]
    public async Task A_strategy_in_the_props_goes_before_the_actors_own()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Resume)))
            .WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Stop)));
        var actor = await parent.Ask<IActorRef>(Props.Create(() => new Lifecycle(Sys.DeadLetters)), Patience);
        Watch(actor);
        actor.Tell(new InvalidOperationException("boom"));
        await ExpectTerminatedAsync(actor, Patience);
    }

    [Fact]
    public async Task A_constructor_that_throws_stops_the_actor()
    {
        Exception? seen = null;
        var strategy = new OneForOneStrategy(exception =>
        {
            seen = exception;
            return SupervisorStrategy.DefaultDecider.Decide(exception);
        });
        var parent = Sys.ActorOf(Props.Create(() => new Supervisor(strategy)));
        var actor = await parent.Ask<IActorRef>(Props.Create(() => new Unbuildable()), Patience);
        Watch(actor);
        await ExpectTerminatedAsync(actor, Patience);
        var failure = Assert.IsType<ActorInitializationException>(seen);
        Assert.Contains("cannot be built", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_decider_stops_what_cannot_start_was_killed_or_lost_someone()
    {
        var decider = SupervisorStrategy.DefaultDecider;
        Assert.Equal(Directive.Stop, decider.Decide(new ActorInitializationException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new ActorKilledException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new DeathPactException(TestActor)));
        Assert.Equal(Directive.Restart, decider.Decide(new InvalidOperationException("x")));
        var actor = StartSilent();
        Watch(actor);
        actor.Tell(Kill.Instance);
        await ExpectTerminatedAsync(actor, Patience);
    }

    [Fact]
    public async Task PreRestart_can_answer_the_sender_of_the_fatal_message()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Apologizing()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => actor.Ask<string>("x", Patience));
    }

    [Fact]
    public async Task Failures_are_logged_as_errors_with_their_cause() => await EventFilter.Exception<InvalidOperationException>("boom").ExpectOneAsync(
        Patience,
        () =>
        {
            StartThrowing().Tell("x");
            return Task.CompletedTask;
        });

    [Fact]
    public async Task The_stopping_strategy_stops()
    {
        var (actor, _) = await StartChild(SupervisorStrategy.StoppingStrategy);
        Watch(actor);
        actor.Tell(new InvalidOperationException("boom"));
        await ExpectTerminatedAsync(actor, Patience);
    }

    [Fact]
    public async Task A_disposable_actor_is_disposed_of_when_it_stops()
    {
        var actor = Sys.ActorOf(Props.Create(() => new DisposableActor(TestActor)));
        Sys.Stop(actor);
        await ExpectMsgAsync("PostStop", Patience);
        await ExpectMsgAsync("disposed", Patience);
    }

    private IActorRef StartThrowing() => Start((_, _) => throw new InvalidOperationException("boom"));

    private async Task<(IActorRef Child, IActorRef Parent)> StartChild(SupervisorStrategy strategy, Props? child = null)
    {
        var parent = Sys.ActorOf(Props.Create(() => new Supervisor(strategy)));
        return (await parent.Ask<IActorRef>(child ?? Props.Create(() => new Lifecycle(Sys.DeadLetters)), Patience), parent);
    }

    private async Task ExpectInOrder(params string[] messages)
    {
        foreach (var message in messages)
            await ExpectMsgAsync(message, Patience);
    }

    private sealed class Unbuildable : ReceiveActor
    {
        public Unbuildable() => throw new ArgumentException("cannot be built");
    }

    private sealed class Apologizing : ReceiveActor
    {
        public Apologizing() => ReceiveAny(_ => throw new InvalidOperationException("boom"));

        protected override void PreRestart(Exception reason, object message) => Sender.Tell(new Status.Failure(reason));
    }

    private sealed class DisposableActor(IActorRef witness) : UntypedActor, IDisposable
    {
        public void Dispose() => witness.Tell("disposed", ActorRefs.NoSender);

        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop() => witness.Tell("PostStop", ActorRefs.NoSender);
    }
}
