using Akka.Actor;
using Akka.Conformance.Support;
using Akka.Event;

namespace Akka.Conformance;

public class EventStreamTests : ConformanceTest
{
    private interface IMark;

    [Fact]
    public async Task Subscribers_get_the_type_what_derives_from_it_and_what_implements_it()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(IMark));
        Sys.EventStream.Publish(new Marked(1));
        await ExpectMsgAsync(new Marked(1), Patience);
        Sys.EventStream.Publish("not marked");
        Sys.EventStream.Publish(new MarkedToo(2));
        await ExpectMsgAsync(new MarkedToo(2), Patience);
    }

    [Fact]
    public async Task Once_however_many_subscriptions_fit()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(IMark));
        Sys.EventStream.Subscribe<Marked>(TestActor);
        Sys.EventStream.Publish(new Marked(1));
        await ExpectMsgAsync(new Marked(1), Patience);
        await ExpectNoMsgAsync(Silence);
    }

    [Fact]
    public async Task Unsubscribing_ends_it()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(Marked)));
        Assert.False(Sys.EventStream.Subscribe(TestActor, typeof(Marked)));
        Assert.True(Sys.EventStream.Unsubscribe(TestActor, typeof(Marked)));
        Sys.EventStream.Publish(new Marked(1));
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(Marked)));
        Assert.True(Sys.EventStream.Unsubscribe(TestActor));
        Sys.EventStream.Publish(new Marked(2));
        await ExpectNoMsgAsync(Silence);
    }

    [Fact]
    public async Task Log_events_are_events()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Warning));
        Sys.Log.Warning("{0} and {1}", 1, "two");
        var warning = await ExpectMsgAsync<Warning>(Patience);
        Assert.Equal("1 and two", warning.Message.ToString());
        Assert.Equal(LogLevel.WarningLevel, warning.LogLevel());
    }

    [Fact]
    public async Task An_actors_log_names_the_actor()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Error));
        var cause = new InvalidOperationException("boom");
        var actor = Start((_, context) => context.GetLogger().Error(cause, "failed {0}", "badly"));
        actor.Tell("x");
        var error = await ExpectMsgAsync<Error>(Patience);
        Assert.Equal((actor.Path.ToString(), typeof(Handling), cause), (error.LogSource, error.LogClass, error.Cause));
        Assert.Equal("failed badly", error.Message.ToString());
        var message = Assert.IsAssignableFrom<LogMessage>(error.Message);
        Assert.Equal("failed {0}", message.Format);
        Assert.Equal(["badly"], message.Parameters());
    }

    [Fact]
    public async Task A_log_can_be_made_for_anything()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Info));
        Logging.GetLogger(Sys, "my source").Info("x");
        Assert.StartsWith("my source", (await ExpectMsgAsync<Info>(Patience)).LogSource, StringComparison.Ordinal);
        Logging.GetLogger(Sys, typeof(EventStreamTests)).Info("y");
        Assert.Equal(typeof(EventStreamTests), (await ExpectMsgAsync<Info>(Patience)).LogClass);
    }

    [Fact]
    public async Task Dead_letters_are_logged_ten_times_and_then_no_more()
    {
        var system = ActorSystem.Create("letters");
        var probe = CreateTestProbe(system);
        system.EventStream.Subscribe(probe.Ref, typeof(Info));
        // the listener starts beside the system: the first letters may be before its time
        object logged;
        do
        {
            system.DeadLetters.Tell("early", ActorRefs.NoSender);
            logged = await probe.ReceiveOneAsync(TimeSpan.FromMilliseconds(20));
        }
        while (logged is null);

        for (var i = 0; i < 20; i++)
            system.DeadLetters.Tell(i, ActorRefs.NoSender);
        for (var i = 0; i < 9; i++)
            Assert.Contains("was not delivered", (await probe.ExpectMsgAsync<Info>(Patience)).Message.ToString(), StringComparison.Ordinal);
        await probe.ExpectNoMsgAsync(Silence);
        await system.Terminate().WaitAsync(Patience);
    }

    private record Marked(int Number) : IMark;

    private sealed record MarkedToo(int Number) : Marked(Number);
}
