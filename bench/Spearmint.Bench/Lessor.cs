using Akka.Actor;

namespace Spearmint.Bench;

/// <summary>The shape of a run without anything in it: a worker is leased, answers the asker, and says that it is idle.</summary>
internal sealed class Lessor : ReceiveActor
{
    private readonly Stack<IActorRef> _idle = new();

    public Lessor()
    {
        Receive<Idle>(_ => _idle.Push(Sender));
        ReceiveAny(message =>
        {
            var worker = _idle.Count > 0 ? _idle.Pop() : Context.ActorOf(Props.Create<Worker>());
            worker.Tell(new Work(message, Sender), Self);
        });
    }

    private sealed record Work(object Message, IActorRef Asker);

    private sealed record Idle
    {
        public static Idle Instance { get; } = new();
    }

    private sealed class Worker : ReceiveActor
    {
        public Worker() => Receive<Work>(work =>
        {
            work.Asker.Tell(work.Message, Self);
            Sender.Tell(Idle.Instance, Self);
        });
    }
}
