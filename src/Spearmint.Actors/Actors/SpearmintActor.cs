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
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private readonly Surroundings _surroundings;
    private readonly ILoggingAdapter _logger = Context.GetLogger();
    private readonly Dictionary<string, IActorRef> _supervisors = new(StringComparer.Ordinal);
    private readonly IActorRef _statistics;
    private readonly IActorRef _log;
    private SpearmintSettings _settings;

    /// <summary>How to make the root actor.</summary>
    /// <param name="clock">Tells the time; <see cref="TimeProvider.System"/> outside tests.</param>
    public static Props Props(TimeProvider clock) => Props(new Surroundings(clock, SpearmintSettings.Default, services: null));

    internal static Props Props(Surroundings surroundings) => Akka.Actor.Props.Create(() => new SpearmintActor(surroundings));

    /// <summary>Made by <see cref="Props(TimeProvider)"/>.</summary>
    /// <param name="surroundings">What all parts share.</param>
    public SpearmintActor(Surroundings surroundings)
    {
        _surroundings = surroundings;
        _settings = surroundings.Settings;
        _statistics = Context.ActorOf(StatisticsActor.Props(), "statistics");
        _log = Context.ActorOf(BranchLog.Props(surroundings.Log, surroundings.Clock, _statistics, surroundings.Telemetry), "log");
        surroundings.Log.Attach(_log);
        Open();

        var builtIn = new StrategyCatalogue();
        foreach (var name in builtIn.Names)
            Start(new RegisterStrategy(name, builtIn.Find(name)));
    }

    private void Open()
    {
        Receive<RegisterStrategy>(OnRegister);
        ReceiveAlways();
    }

    private void Closed()
    {
        Receive<RegisterStrategy>(request => Refuse(new ShuttingDownException($"Strategy '{request.Name}' was not registered: Spearmint is shutting down.")));
        ReceiveAlways();
    }

    private void ReceiveAlways()
    {
        Receive<RunExperiment>(OnRun);
        Receive<GatherShadows>(OnGather);
        Receive<FindStrategy>(OnFind);
        Receive<ChangeSettings>(request => Route(request.StrategyName, nameof(ChangeSettings), request));
        Receive<GetSettings>(request => Route(request.StrategyName, nameof(GetSettings), request));
        Receive<ChangeSpearmintSettings>(OnChangeSettings);
        Receive<GetSpearmintSettings>(_ => Sender.Tell(_settings, Self));
        Receive<GetAccount>(_ => AccountOfAllAsync([.. _supervisors.Values]).PipeTo(Sender, Self));
        Receive<ListStrategies>(_ => Sender.Tell(new StrategyList([.. _supervisors.Keys]), Self));
        Receive<RegisterSink>(_log.Forward);
        Receive<FlushSinks>(_log.Forward);
        Receive<GetSinkStatus>(_log.Forward);
        Receive<GetStatistics>(request => _log.Forward(new ReadStatistics(request, [.. _supervisors.Keys])));
        Receive<ReplayEvents>(_statistics.Forward);
        Receive<Drain>(OnDrain);
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
            Sender.Tell(new StrategyRegistered(request.Name, Start(request)), Self);
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

    private void OnChangeSettings(ChangeSpearmintSettings request)
    {
        try
        {
            _settings = request.Change(_settings) ?? throw new ArgumentException("The change of settings gave null.");
        }
        catch (Exception e)
        {
            // the change is the user's code
            Refuse(e);
            return;
        }

        TellAllAsync([.. _supervisors.Values], _settings).PipeTo(Sender, Self);
    }

    private void OnDrain(Drain request)
    {
        Become(Closed);
        _logger.Info("Draining: no new runs, branches have {0} s to end", request.Timeout.TotalSeconds);
        Draining.RunAsync([.. _supervisors], _log, request.Timeout, _surroundings, _logger).PipeTo(Sender, Self);
    }

    private void Route(string? strategy, string message, object request)
    {
        if (strategy is null)
            Refuse(new ArgumentException($"A {message} sent to the root actor needs a StrategyName: one of {string.Join(", ", _supervisors.Keys)}."), request);
        else if (_supervisors.TryGetValue(strategy, out var supervisor))
            supervisor.Forward(request);
        else
            Refuse(new UnknownNameException("strategy", strategy, _supervisors.Keys), request);
    }

    private void Refuse(Exception reason, object? request = null)
    {
        if (request is RunExperiment run)
            RunPromise.Fail(run, Sender, reason, Self);
        else
            Sender.Tell(new Status.Failure(reason), Self);
    }

    private IActorRef Start(RegisterStrategy request)
    {
        var instance = request.Strategy.Create() ?? throw new ArgumentException($"The factory of strategy '{request.Name}' gave null.");
        var supervisor = Context.ActorOf(
            StrategySupervisor.Props(request, instance, new SettingsInForce(1, request.Settings, _settings), _surroundings),
            ActorNames.Escape("strategy-", request.Name));
        _supervisors.Add(request.Name, supervisor);
        return supervisor;
    }

    private static async Task<SpearmintSettings> TellAllAsync(IActorRef[] supervisors, SpearmintSettings settings)
    {
        await Task.WhenAll(supervisors.Select(supervisor => supervisor.Ask<SettingsInForce>(new CommonSettingsChanged(settings), Bound)));
        return settings;
    }

    private static async Task<Account> AccountOfAllAsync(IActorRef[] supervisors) =>
        new(await Task.WhenAll(supervisors.Select(supervisor => supervisor.Ask<StrategyAccount>(GetAccount.Instance, Bound))));
}
