using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Event;
using Akka.TestKit.Internal;
using Xunit;

namespace Akka.TestKit;

/// <summary>
/// An actor whose messages a test takes one by one. The waiting members come in pairs, blocking and asynchronous; each pair is one method
/// that is told which of the two it is, and that never gives up its thread when it is to block.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static readonly TimeSpan SingleExpectDefault = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShutdownDefault = TimeSpan.FromSeconds(5);
    private static long _lastTestActor;

    private readonly TestQueue _queue = new();
    private MessageEnvelope _last = NullMessageEnvelope.Instance;

    private protected TestKitBase(ActorSystem system, string testActorName)
    {
        Sys = system;
        Log = Logging.GetLogger(system, GetType());
        testActorName ??= $"testActor{Interlocked.Increment(ref _lastTestActor)}";
        TestActor = ((ExtendedActorSystem)system).SystemActorOf(Props.Create(() => new TestActor(_queue)), testActorName);
        EventFilter = new EventFilterFactory(this);
        if (this is not INoImplicitSender)
            ImplicitSenderContext.Enter(((LocalActorRef)TestActor).Cell);
    }

    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    public ActorSystem Sys { get; }

    public ILoggingAdapter Log { get; }

    public IActorRef TestActor { get; }

    public EventFilterFactory EventFilter { get; }

    public object LastMessage => _last.Message;

    public IActorRef LastSender => _last.Sender;

    public bool HasMessages => _queue.Count > 0;

    /// <summary>Messages like these are lost before the test can see them.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => TellTestActor(new TestActor.SetIgnore(shouldIgnoreMessage));

    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) => IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    public void IgnoreMessages<TMsg>() => IgnoreMessages(message => message is TMsg);

    public void IgnoreNoMessages() => IgnoreMessages(null);

    /// <summary>Replies to messages while the test is waiting for something else.</summary>
    public void SetAutoPilot(AutoPilot pilot) => TellTestActor(new TestActor.SetAutoPilot(pilot));

    public IActorRef Watch(IActorRef actorToWatch)
    {
        TellTestActor(new TestActor.Watch(actorToWatch));
        return actorToWatch;
    }

    public async Task<IActorRef> WatchAsync(IActorRef actorToWatch)
    {
        await TestActor.Ask<Done>(new TestActor.Watch(actorToWatch), RemainingOrDefault);
        return actorToWatch;
    }

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TellTestActor(new TestActor.Unwatch(actorToUnwatch));
        return actorToUnwatch;
    }

    public async Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch)
    {
        await TestActor.Ask<Done>(new TestActor.Unwatch(actorToUnwatch), RemainingOrDefault);
        return actorToUnwatch;
    }

    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    public virtual TestProbe CreateTestProbe(string name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string name = null) => new(system, name);

    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        using var terminated = new ManualResetEventSlim();
        system.Terminate().ContinueWith(_ => terminated.Set(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (!terminated.Wait(Dilated(duration ?? ShutdownDefault)) && verifySystemShutdown)
            throw new TimeoutException($"The actor system [{system.Name}] did not stop in time.");
    }

    private protected static ActorSystem CreateSystem(string name, ActorSystemSetup setup)
    {
        // Nothing goes to the console: what is logged goes to the test's output.
        var logging = new LoggingSetup(LogLevel.InfoLevel, [], 0, false);
        return ActorSystem.Create(name ?? "test", setup.Get<LoggingSetup>().HasValue ? setup : setup.And(logging));
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private protected static void Fail(string message) => Assert.Fail(message);

    private void TellTestActor(object message) => TestActor.Tell(message, ActorRefs.NoSender);
}
