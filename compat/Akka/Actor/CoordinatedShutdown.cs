using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Ends a system in steps. The tasks of a phase run side by side and have the phase's time; then the next phase comes, whether they
/// succeeded or not. The last phase stops the actors.
/// </summary>
public sealed class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private static readonly string[] Phases =
    [
        PhaseBeforeServiceUnbind, PhaseServiceUnbind, PhaseServiceRequestsDone, PhaseServiceStop, PhaseBeforeClusterShutdown,
        PhaseClusterShardingShutdownRegion, PhaseClusterLeave, PhaseClusterExiting, PhaseClusterExitingDone, PhaseClusterShutdown,
        PhaseBeforeActorSystemTerminate, PhaseActorSystemTerminate,
    ];

    private readonly TaskCompletionSource<Done> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILoggingAdapter _log;
    private ImmutableList<(string Phase, string Name, Func<Task<Done>> Run)> _tasks = [];
    private Reason _reason;

    internal CoordinatedShutdown(ExtendedActorSystem system)
    {
        System = system;
        _log = Logging.GetLogger(system, GetType());
        AddTask(PhaseActorSystemTerminate, "terminate-system", async () =>
        {
            ((ActorSystemImpl)system).StopActors();
            await system.WhenTerminated;
            return Done.Instance;
        });
    }

    public ExtendedActorSystem System { get; }

    /// <summary>Null until the shutdown has begun.</summary>
    public Reason ShutdownReason => _reason;

    /// <summary>Of the phases that have something to do.</summary>
    public TimeSpan TotalTimeout => _tasks.Select(task => task.Phase).Distinct().Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));

    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Adds to a phase that has not begun yet; to any other it is too late.</summary>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        RequirePhase(phase);
        ImmutableInterlocked.Update(ref _tasks, static (tasks, added) => tasks.Add(added), (phase, taskName, task));
    }

    public TimeSpan Timeout(string phase)
    {
        RequirePhase(phase);
        return TimeSpan.FromSeconds(phase is PhaseClusterShardingShutdownRegion or PhaseClusterExiting or PhaseActorSystemTerminate ? 10 : 5);
    }

    /// <summary>Runs once, for the first reason given; later calls get the same task.</summary>
    public Task<Done> Run(Reason reason, string fromPhase = null)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
            _ = Task.Run(() => RunPhases(fromPhase));
        return _done.Task;
    }

    private static void RequirePhase(string phase)
    {
        if (!Phases.Contains(phase))
            throw new ConfigurationException($"Unknown phase [{phase}], known are [{string.Join(", ", Phases)}].");
    }

    private async Task RunPhases(string fromPhase)
    {
        foreach (var phase in Phases.SkipWhile(phase => fromPhase is not null && phase != fromPhase))
            await RunPhase(phase);
        _done.TrySetResult(Done.Instance);
    }

    private async Task RunPhase(string phase)
    {
        var running = _tasks.Where(task => task.Phase == phase).Select(RunTask).ToArray();
        try
        {
            await Task.WhenAll(running).WaitAsync(Timeout(phase));
        }
        catch (TimeoutException)
        {
            _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase, Timeout(phase));
        }
    }

    private async Task RunTask((string Phase, string Name, Func<Task<Done>> Run) task)
    {
        try
        {
            await task.Run();
        }
        catch (Exception cause)
        {
            _log.Warning(cause, "Task [{0}] failed in phase [{1}]: {2}", task.Name, task.Phase, cause.Message);
        }
    }

    /// <summary>Why a system is ended.</summary>
    public class Reason
    {
        protected Reason()
        {
        }
    }

    public class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason()
        {
        }
    }

    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason()
        {
        }
    }

    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason()
        {
        }
    }
}

public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system) => new(system);
}
