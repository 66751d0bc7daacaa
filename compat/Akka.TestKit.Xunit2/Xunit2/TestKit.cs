using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Event;
using Akka.TestKit.Internal;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>A base class for tests with an actor system of their own, which ends with the test.</summary>
public class TestKit : TestKitBase, IDisposable
{
    protected readonly ITestOutputHelper Output;

    private bool _disposed;

    /// <param name="system">Null: one is created, and named "test".</param>
    /// <param name="output">Gets what is logged.</param>
    public TestKit(ActorSystem system = null, ITestOutputHelper output = null)
        : base(system ?? CreateSystem(null, ActorSystemSetup.Empty), null)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(ActorSystemSetup config, string actorSystemName = null, ITestOutputHelper output = null)
        : base(CreateSystem(actorSystemName, config), null)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs before the system is shut down.</summary>
    protected virtual void AfterAll()
    {
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed)
            return;
        _disposed = true;
        try
        {
            AfterAll();
        }
        finally
        {
            Shutdown();
            ImplicitSenderContext.Leave();
        }
    }

    protected void InitializeLogger(ActorSystem system)
    {
        if (Output is not null)
            system.EventStream.Subscribe<LogEvent>(new OutputLogger(Output, system));
    }
}
