using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace Akka.Conformance;

public class AskTests : TestKit.Xunit2.TestKit
{
    [Fact]
    public async Task An_ask_gets_the_reply()
    {
        var echo = Sys.ActorOf(Props.Create(() => new Echo()), "echo");
        Assert.Equal("hello", await echo.Ask<string>("hello", TimeSpan.FromSeconds(3)));
        echo.Tell("x");
        await ExpectMsgAsync("x");
        echo.Tell("y");
        ExpectMsg("y");
        Watch(echo);
        echo.Tell(PoisonPill.Instance);
        ExpectTerminated(echo);
        EventFilter.DeadLetter<string>().ExpectOne(() => echo.Tell("z"));
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
