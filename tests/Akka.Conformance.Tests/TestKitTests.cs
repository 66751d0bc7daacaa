using System.Diagnostics;
using Akka.Actor;
using Akka.Conformance.Support;
using Akka.Event;
using Akka.TestKit;
using Xunit.Sdk;

namespace Akka.Conformance;

public class TestKitTests : ConformanceTest
{
    [Fact]
    public async Task The_test_actor_is_the_sender_of_what_a_test_tells_before_and_after_an_await()
    {
        var echo = StartEcho();
        echo.Tell("before");
        ExpectMsg("before");
        await Task.Delay(10);
        echo.Tell("after");
        await ExpectMsgAsync("after", Patience);
        Assert.Equal(echo, LastSender);
        Assert.Equal("after", LastMessage);
    }

    [Fact]
    public void Expectations_come_in_many_forms()
    {
        TestActor.Tell("abc");
        Assert.Equal("abc", ExpectMsg<string>());
        TestActor.Tell("abc");
        ExpectMsg<string>(text => text.Length == 3);
        TestActor.Tell("abc");
        ExpectMsg<string>(text => Assert.Equal("abc", text));
        TestActor.Tell("abc");
        ExpectMsg<string>((text, sender) => text == "abc" && sender.Equals(TestActor));
        TestActor.Tell("abc");
        ExpectMsg("ABC", (left, right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase));
        TestActor.Tell("abc");
        ExpectMsgFrom(TestActor, "abc");
        TestActor.Tell("b");
        Assert.Equal("b", ExpectMsgAnyOf<string>(["a", "b"]));
        TestActor.Tell("b");
        TestActor.Tell("a");
        Assert.Equal(2, ExpectMsgAllOf("a", "b").Count);
        TestActor.Tell(1);
        TestActor.Tell(2);
        Assert.Equal([1, 2], ReceiveN(2));
        TestActor.Tell("a bird");
        TestActor.Tell("a fish");
        Assert.Equal("a fish", FishForMessage<string>(text => text.EndsWith("fish", StringComparison.Ordinal)));
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Assert.False(HasMessages);
    }

    [Fact]
    public async Task An_expectation_that_is_not_met_is_a_failed_assertion()
    {
        var soon = TimeSpan.FromMilliseconds(50);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(soon));
        TestActor.Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(soon));
        TestActor.Tell("a");
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync("b", soon));
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(Patience));
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectMsgFrom<string>(StartSilent()));
        Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, soon));
        Assert.ThrowsAny<XunitException>(() => FishForMessage<string>(_ => true, soon));
        await Assert.ThrowsAnyAsync<XunitException>(() => EventFilter.Warning().ExpectAsync(1, soon, () => Task.CompletedTask));
    }

    [Fact]
    public void Waiting_takes_three_seconds_if_nothing_else_is_said()
    {
        var start = Stopwatch.GetTimestamp();
        ExpectNoMsg();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 2.9, 6);
        Assert.Equal(TimeSpan.FromSeconds(3), RemainingOrDefault);
        Assert.Equal(TimeSpan.FromSeconds(1), Dilated(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task AwaitAssert_tries_until_it_succeeds_and_throws_the_last_failure_if_it_does_not()
    {
        var count = 0;
        AwaitAssert(() => Assert.Equal(3, ++count), Patience, TimeSpan.FromMilliseconds(10));
        await AwaitAssertAsync(() => Assert.Equal(6, ++count), Patience, TimeSpan.FromMilliseconds(10));
        await AwaitConditionAsync(() => ++count == 9, Patience, TimeSpan.FromMilliseconds(10));
        Assert.ThrowsAny<XunitException>(() => AwaitAssert(() => Assert.Equal(0, count), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(10)));
    }

    [Fact]
    public async Task Within_limits_the_waits_inside_it()
    {
        await WithinAsync(Patience, async () =>
        {
            TestActor.Tell("x");
            await ExpectMsgAsync("x");
            Assert.InRange(Remaining, TimeSpan.FromSeconds(1), Patience);
        });
        Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromMilliseconds(100), () => ExpectMsg("x")));
        Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromSeconds(1), Patience, () => { }));
        Assert.Equal(7, Within(Patience, () => 7));
    }

    [Fact]
    public async Task A_probe_is_another_test_actor_and_not_an_implicit_sender()
    {
        var probe = CreateTestProbe("second");
        var echo = StartEcho();
        probe.Send(echo, "x");
        await probe.ExpectMsgAsync("x", Patience);
        Assert.Equal(echo, probe.Sender);
        probe.Ref.Tell("from the test");
        await probe.ExpectMsgAsync("from the test", Patience);
        probe.Reply("reply");
        await ExpectMsgAsync("reply", Patience);
        Assert.Equal(probe.Ref, LastSender);
        probe.Ref.Tell("forwarded");
        await probe.ExpectMsgAsync<string>(Patience);
        probe.Forward(echo);
        await ExpectMsgAsync("forwarded", Patience);
        echo.Tell("still the test actor");
        await ExpectMsgAsync("still the test actor", Patience);
        Assert.Equal("second", probe.Ref.Path.Name);
    }

    [Fact]
    public async Task A_probe_can_stand_in_for_an_actor_reference()
    {
        var probe = CreateTestProbe();
        var watcher = Start((message, context) =>
        {
            if (message is IActorRef subject)
                context.WatchWith(subject, "probe is dead");
            else
                TestActor.Tell(message);
        });
        watcher.Tell(probe);
        Sys.Stop(probe.Ref);
        await ExpectMsgAsync("probe is dead", Patience);
        Assert.True(probe.Equals(probe.Ref));
        await AwaitAssertAsync(() => Assert.Throws<AskTimeoutException>(() => probe.Ref.Ask("x", TimeSpan.FromMilliseconds(50)).GetAwaiter().GetResult()), Patience);
    }

    [Fact]
    public async Task A_probe_answers_an_ask_by_hand_or_by_auto_pilot()
    {
        var probe = CreateTestProbe();
        var asking = probe.Ref.Ask<string>("question", Patience);
        await probe.ExpectMsgAsync("question", Patience);
        probe.Reply("answer");
        Assert.Equal("answer", await asking);
        probe.SetAutoPilot(new DelegateAutoPilot((sender, _) =>
        {
            sender.Tell("automatic");
            return AutoPilot.KeepRunning;
        }));
        Assert.Equal("automatic", await probe.Ref.Ask<string>("question", Patience));
        Assert.Equal("automatic", await probe.Ref.Ask<string>("question", Patience));
        await probe.ExpectMsgAsync("question", Patience);
    }

    [Fact]
    public async Task Messages_can_be_ignored()
    {
        IgnoreMessages<int>(number => number > 1);
        TestActor.Tell(1);
        TestActor.Tell(2);
        TestActor.Tell("x");
        await ExpectMsgAsync(1, Patience);
        await ExpectMsgAsync("x", Patience);
    }

    [Fact]
    public async Task A_child_of_the_test_actor_tells_its_parent()
    {
        var child = ChildActorOf(Props.Create(() => new TellingParent()));
        child.Tell("x");
        await ExpectMsgAsync("x", Patience);
        Assert.Equal(TestActor.Path, child.Path.Parent);
    }

    [Fact]
    public async Task Event_filters_count_log_events_and_dead_letters()
    {
        EventFilter.Warning(contains: "careful").ExpectOne(() => Sys.Log.Warning("be careful"));
        EventFilter.Error(start: "all").Expect(2, () =>
        {
            Sys.Log.Error("all is lost");
            Sys.Log.Error("all is found");
            Sys.Log.Error("nothing");
        });
        EventFilter.Info("exactly 1").ExpectOne(() => Sys.Log.Info("exactly {0}", 1));
        EventFilter.Exception<InvalidOperationException>(contains: "boom").ExpectOne(() => Sys.Log.Error(new InvalidOperationException("boom"), "boom"));
        EventFilter.DeadLetter<string>(text => text == "x").ExpectOne(() => Sys.DeadLetters.Tell("x"));
        EventFilter.Custom(logged => logged.LogLevel() == LogLevel.WarningLevel).And.Error().Expect(2, () =>
        {
            Sys.Log.Warning("w");
            Sys.Log.Error("e");
        });
        await EventFilter.Warning("later").ExpectOneAsync(async () =>
        {
            await Task.Delay(10);
            Sys.Log.Warning("later");
        });
        Assert.Equal(3, EventFilter.Warning().ExpectOne(() =>
        {
            Sys.Log.Warning("w");
            return 3;
        }));
        EventFilter.Warning().Mute(() => Sys.Log.Warning("unheard"));
        Assert.ThrowsAny<XunitException>(() => EventFilter.Warning().Expect(1, TimeSpan.FromMilliseconds(300), () =>
        {
            Sys.Log.Warning("one");
            Sys.Log.Warning("two");
        }));
    }

    [Fact]
    public void Expecting_none_waits_to_see_that_none_comes()
    {
        var start = Stopwatch.GetTimestamp();
        EventFilter.Warning().Expect(0, TimeSpan.FromMilliseconds(300), () => { });
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 290, 5000);
        Assert.ThrowsAny<XunitException>(() => EventFilter.Warning().Expect(0, Patience, () => Sys.Log.Warning("one")));
    }

    [Fact]
    public async Task A_watched_actor_is_expected_to_end_and_an_unwatched_one_is_not()
    {
        var (watched, unwatched) = (StartSilent(), StartSilent());
        Watch(unwatched);
        Unwatch(unwatched);
        await WatchAsync(watched);
        Sys.Stop(unwatched);
        Sys.Stop(watched);
        await ExpectTerminatedAsync(watched, Patience);
        await ExpectNoMsgAsync(Silence);
    }

    [Fact]
    public void The_system_is_named_test() => Assert.Equal("test", Sys.Name);

    [Fact]
    public async Task A_kit_shuts_its_system_down()
    {
        var kit = new TestKit.Xunit2.TestKit();
        kit.Dispose();
        await kit.Sys.WhenTerminated.WaitAsync(Patience);
    }

    private sealed class TellingParent : ReceiveActor
    {
        public TellingParent() => ReceiveAny(message => Context.Parent.Tell(message));
    }
}
