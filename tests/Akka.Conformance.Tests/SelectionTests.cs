using Akka.Actor;
using Akka.Conformance.Support;
using Akka.Event;

namespace Akka.Conformance;

public class SelectionTests : ConformanceTest
{
    [Fact]
    public async Task A_path_finds_its_actor()
    {
        var actor = Start((message, context) => context.Sender.Tell(message), "found");
        foreach (var selection in new[] { Sys.ActorSelection("/user/found"), Sys.ActorSelection(actor.Path.ToString()), Sys.ActorSelection(actor.Path) })
        {
            Assert.Equal("x", await selection.Ask<string>("x", Patience));
            Assert.Equal(actor, await selection.ResolveOne(Patience));
        }
    }

    [Fact]
    public async Task A_path_without_an_actor_leads_to_the_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Sys.ActorSelection("/user/missing").Tell("x", TestActor);
        var letter = await ExpectMsgAsync<DeadLetter>(Patience);
        Assert.Equal(("x", TestActor, "/user/missing"), (letter.Message, letter.Sender, letter.Recipient.Path.ToStringWithoutAddress()));
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/missing").ResolveOne(TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task A_star_stands_for_any_text()
    {
        var actors = new[] { "worker-1", "worker-2" }.Select(name => Start((message, _) => TestActor.Tell(message), name)).ToArray();
        Start((_, _) => TestActor.Tell("not me"), "other");
        Sys.ActorSelection("/user/worker-*").Tell("x");
        await ExpectMsgAsync("x", Patience);
        var first = LastSender;
        await ExpectMsgAsync("x", Patience);
        Assert.Equal(actors.ToHashSet(), new HashSet<IActorRef> { first, LastSender });
        await ExpectNoMsgAsync(Silence);
    }

    [Fact]
    public async Task An_actor_can_look_around_from_where_it_is()
    {
        Start((message, _) => TestActor.Tell(message), "sibling");
        Start((message, context) => context.ActorSelection("../sibling").Tell(message)).Tell("x");
        await ExpectMsgAsync("x", Patience);
    }

    [Fact]
    public async Task Identify_is_answered_by_every_actor()
    {
        var actor = StartSilent();
        actor.Tell(new Identify("id"), TestActor);
        await ExpectMsgAsync<ActorIdentity>(identity => Equals(identity.MessageId, "id") && identity.Subject.Equals(actor), Patience);
        Sys.ActorSelection("/user/missing").Tell(new Identify("none"), TestActor);
        await ExpectMsgAsync<ActorIdentity>(identity => Equals(identity.MessageId, "none") && identity.Subject is null, Patience);
    }

    [Fact]
    public async Task Children_are_known_by_name()
    {
        var parent = Start((message, context) =>
        {
            var child = context.ActorOf(Props.Create(() => new Lifecycle(Sys.DeadLetters)), "child");
            TestActor.Tell((context.Child("child").Equals(child), context.Child("none").IsNobody(), context.GetChildren().Single().Equals(child), context.Parent.Path.Name));
        });
        parent.Tell("x");
        await ExpectMsgAsync((true, true, true, "user"), Patience);
    }
}
