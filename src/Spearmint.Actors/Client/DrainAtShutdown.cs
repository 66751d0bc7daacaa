using Akka.Actor;
using Spearmint.Actors;
using Spearmint.Protocol;

namespace Spearmint.Client;

/// <summary>
/// Drains when the ActorSystem shuts down. A phase of the coordinated shutdown has five seconds by default, and a drain may take longer: so
/// each phase from the first that may wait for requests to the last before the actors stop waits for the drain as long as it can.
/// </summary>
internal sealed class DrainAtShutdown
{
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private static readonly string[] Phases =
    [
        CoordinatedShutdown.PhaseServiceRequestsDone, CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeClusterShutdown,
        CoordinatedShutdown.PhaseClusterShardingShutdownRegion, CoordinatedShutdown.PhaseClusterLeave, CoordinatedShutdown.PhaseClusterExiting,
        CoordinatedShutdown.PhaseClusterExitingDone, CoordinatedShutdown.PhaseClusterShutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
    ];

    private readonly ActorSystem _system;
    private readonly IActorRef _root;
    private readonly Lazy<Task> _drained;

    private DrainAtShutdown(ActorSystem system, IActorRef root)
    {
        _system = system;
        _root = root;
        _drained = new Lazy<Task>(DrainAsync);
    }

    public static void Register(CoordinatedShutdown shutdown, IActorRef root)
    {
        var drain = new DrainAtShutdown(shutdown.System, root);
        foreach (var phase in Phases)
            shutdown.AddTask(phase, "spearmint-drain", () => drain.WaitAsync(shutdown.Timeout(phase) - Slack));
    }

    private async Task<Akka.Done> WaitAsync(TimeSpan time)
    {
        await Task.WhenAny(_drained.Value, Task.Delay(time));
        if (_drained.Value.IsCompleted)
            await _drained.Value;
        return Akka.Done.Instance;
    }

    private async Task DrainAsync()
    {
        var settings = await _root.Ask<Domain.SpearmintSettings>(GetSpearmintSettings.Instance, Bound);
        await _root.Ask<Drained>(new Drain(settings.DrainTimeout), settings.DrainTimeout + Draining.Margin);
        await HasLoggedAsync();
    }

    // loggers are actors: what still waits in them when the ActorSystem ends does not reach the log of the host
    private async Task HasLoggedAsync()
    {
        try
        {
            await _system.ActorSelection("/system/log*").ResolveOne(Bound);
        }
        catch (ActorNotFoundException)
        {
            // there is no logger, or it is stuck
        }
    }
}
