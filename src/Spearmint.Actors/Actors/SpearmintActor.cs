using Akka.Actor;
using Akka.Event;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Actors;

/// <summary>
/// The root: registers strategies, starts a supervisor for each, and routes runs to them by name. Told what stands in the namespace
/// Spearmint.Protocol.
/// </summary>
public sealed class SpearmintActor : ReceiveActor
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly ILoggingAdapter _logger = Context.GetLogger();
    private readonly Dictionary<string, IActorRef> _supervisors = new(StringComparer.Ordinal);
    private readonly LogInbox _inbox = new();
    private readonly IActorRef _log;

    /// <summary>How to make the root actor.</summary>
    /// <param name="clock">Tells the time; <see cref="TimeProvider.System"/> outside tests.</param>
    public static Props Props(TimeProvider clock) => Akka.Actor.Props.Create(() => new SpearmintActor(clock));

    /// <summary>Made by <see cref="Props"/>.</summary>
    /// <param name="clock">Tells the time.</param>
    public SpearmintActor(TimeProvider clock)
    {
        _clock = clock;
        _log = Context.ActorOf(BranchLog.Props(_inbox, clock), "log");
        _inbox.Attach(_log);
        Receive<RunExperiment>(OnRun);
        Receive<GatherShadows>(OnGather);
        Receive<RegisterStrategy>(OnRegister);
        Receive<FindStrategy>(OnFind);
        Receive<ListStrategies>(_ => Sender.Tell(new StrategyList([.. _supervisors.Keys]), Self));
        Receive<RegisterSink>(_log.Forward);
        Receive<FlushSinks>(_log.Forward);
        Receive<GetSinkStatus>(_log.Forward);
        Receive<Drain>(OnDrain);

        var builtIn = new StrategyCatalogue();
        foreach (var name in builtIn.Names)
            Start(name, builtIn.Find(name));
    }

    /// <inheritdoc />
    // a restart would lose the rotation of a strategy, the numbers of the log and every run in progress
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Resume);

    private void OnRun(RunExperiment request) => Route(request.StrategyName, nameof(RunExperiment), request);

    private void OnGather(GatherShadows request) => Route(request.StrategyName, nameof(GatherShadows), request);

    private void OnRegister(RegisterStrategy request)
    {
        try
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(request.Name);
            if (_supervisors.ContainsKey(request.Name))
                throw new NameTakenException("strategy", request.Name);
            Sender.Tell(new StrategyRegistered(request.Name, Start(request.Name, request.Strategy)), Self);
        }
        catch (Exception e)
        {
            // the factory is the user's code
            Sender.Tell(new Status.Failure(e), Self);
        }
    }

    private void OnFind(FindStrategy request)
    {
        if (_supervisors.TryGetValue(request.Name, out var supervisor))
            Sender.Tell(new StrategyFound(request.Name, supervisor), Self);
        else
            Refuse(new UnknownNameException("strategy", request.Name, _supervisors.Keys));
    }

    private void OnDrain(Drain request)
    {
        _logger.Info("Draining: no new runs, branches have {0} s to end", request.Timeout.TotalSeconds);
        DrainAllAsync([.. _supervisors.Values], _log, request.Timeout, _logger).PipeTo(Sender, Self);
    }

    private void Route(string? strategy, string message, object request)
    {
        if (strategy is null)
            Refuse(new ArgumentException($"A {message} sent to the root actor needs a StrategyName: one of {string.Join(", ", _supervisors.Keys)}."));
        else if (_supervisors.TryGetValue(strategy, out var supervisor))
            supervisor.Forward(request);
        else
            Refuse(new UnknownNameException("strategy", strategy, _supervisors.Keys));
    }

    private void Refuse(Exception reason) => Sender.Tell(new Status.Failure(reason), Self);

    private IActorRef Start(string name, Strategy strategy)
    {
        var instance = strategy.Create() ?? throw new ArgumentException($"The factory of strategy '{name}' gave null.");
        var supervisor = Context.ActorOf(StrategySupervisor.Props(strategy.Name, instance, _inbox, _clock), ActorNames.Escape("strategy-", name));
        _supervisors.Add(name, supervisor);
        return supervisor;
    }

    private static async Task<Drained> DrainAllAsync(IActorRef[] supervisors, IActorRef log, TimeSpan timeout, ILoggingAdapter logger)
    {
        var drained = await Task.WhenAll(supervisors.Select(supervisor => supervisor.Ask<Drained>(new Drain(timeout), timeout + Grace)));
        var flushed = await log.Ask<SinksFlushed>(new FlushSinks(FlushTime), FlushTime + Grace);
        var result = new Drained(drained.Sum(part => part.CutShort), flushed.Unfinished);
        logger.Info("Drained: {0} branches cut short, sinks not flushed: {1}",
            result.CutShort, result.UnfinishedSinks.Count == 0 ? "none" : string.Join(", ", result.UnfinishedSinks));
        return result;
    }
}
