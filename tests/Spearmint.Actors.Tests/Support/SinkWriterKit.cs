using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Spearmint.Actors;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Support;

/// <summary>What tests do to the writer of a sink.</summary>
public abstract class SinkWriterKit : TestKit
{
    private long _next = 1;

    private protected FakeClock Clock { get; } = new();

    private protected IActorRef Writer(IBranchSink sink, SinkOptions options) => Sys.ActorOf(SinkWriter.Props("sink", sink, options, Clock));

    // what the writer had told it before would come first
    private protected static void ExpectNoAnswer(IActorRef writer, TestProbe asker)
    {
        writer.Tell(GetSinkStatus.Instance, asker.Ref);
        asker.ExpectMsg<SinkStatus>();
    }

    private protected SinkStatus Status(IActorRef writer)
    {
        writer.Tell(GetSinkStatus.Instance, TestActor);
        return ExpectMsg<SinkStatus>();
    }

    private protected WriteBatch Batch(int count)
    {
        var events = Some.Events(_next, count);
        _next += count;
        return new WriteBatch(events);
    }
}
