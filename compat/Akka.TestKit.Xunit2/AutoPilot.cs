using Akka.Actor;

namespace Akka.TestKit;

/// <summary>What a test actor does with each message beside keeping it. The result takes care of the next one.</summary>
public abstract class AutoPilot
{
    public static NoAutoPilot NoAutoPilot => TestKit.NoAutoPilot.Instance;

    public static KeepRunning KeepRunning => TestKit.KeepRunning.Instance;

    public abstract AutoPilot Run(IActorRef sender, object message);
}

public sealed class NoAutoPilot : AutoPilot
{
    internal static readonly NoAutoPilot Instance = new();

    private NoAutoPilot()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) => this;
}

/// <summary>As a result: the same pilot again.</summary>
public sealed class KeepRunning : AutoPilot
{
    internal static readonly KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) => throw new InvalidOperationException("Not to be called");
}

public delegate AutoPilot AutoPilotDelegate(IActorRef sender, object message);

public sealed class DelegateAutoPilot(AutoPilotDelegate autoPilotDelegate) : AutoPilot
{
    public override AutoPilot Run(IActorRef sender, object message) => autoPilotDelegate(sender, message);
}
