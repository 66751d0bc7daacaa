using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Actors;

/// <summary>Owns one strategy: asks it for a plan per run and has the plan carried out by workers, under the settings in force.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor ends in PostStop.")]
internal sealed class StrategySupervisor : ReceiveActor, IWithTimers
{
    private readonly string _name;
    private readonly Strategy _strategy;
    private readonly Action<StrategySettings>? _check;
    private readonly IStrategy _instance;
    private readonly Surroundings _surroundings;
    private readonly StrategyLedger _ledger;
    private readonly RunsInProgress _runs;
    private readonly Func<Config, bool> _isQuarantined;
    private SettingsInForce _settings;
    private IActorRef _drainer = ActorRefs.Nobody;

    /// <param name="registration">The strategy, and the name that it is registered under.</param>
    /// <param name="instance">The instance that this supervisor owns.</param>
    /// <param name="settings">The first settings.</param>
    /// <param name="surroundings">What all supervisors share.</param>
    public static Props Props(RegisterStrategy registration, IStrategy instance, SettingsInForce settings, Surroundings surroundings) =>
        Akka.Actor.Props.Create(() => new StrategySupervisor(registration, instance, settings, surroundings));

    public StrategySupervisor(RegisterStrategy registration, IStrategy instance, SettingsInForce settings, Surroundings surroundings)
    {
        _name = registration.Name;
        _strategy = registration.Strategy;
        _check = registration.Check;
        _instance = instance;
        _surroundings = surroundings;
        _ledger = new StrategyLedger(surroundings.Clock);
        _runs = new RunsInProgress(_name, _strategy.Name, Context, _ledger, surroundings, MoveTo);
        _isQuarantined = config => _ledger[config].Watch().Refuses(_settings!.Settings.Quarantine);
        _settings = settings;
        Put(settings);
        Running();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private void Running()
    {
        Receive<RunExperiment>(OnRun);
        Receive<Drain>(OnDrain);
        ReceiveAlways();
    }

    private void Draining()
    {
        Receive<RunExperiment>(OnRunRefused);
        Receive<Drain>(_ => Sender.Tell(new Drained(0, []), Self));
        Receive<DrainTimeoutPassed>(_ => EndDrain());
        ReceiveAlways();
    }

    private void ReceiveAlways()
    {
        Receive<TakeEndedBranches>(_ => OnBranchesEnded());
        Receive<DeadlinePassed>(_ => OnDeadline());
        Receive<CallerCancelled>(OnCallerCancelled);
        Receive<StaggerPassed>(OnStaggerPassed);
        Receive<WorkerDied>(OnWorkerDied);
        Receive<GatherShadows>(request => _runs.Shadows.Gather(request, Sender));
        Receive<ChangeSettings>(OnChange);
        Receive<CommonSettingsChanged>(OnCommonChange);
        Receive<GetSettings>(_ => Sender.Tell(_settings, Self));
        Receive<GetAccount>(_ => OnGetAccount());
    }

    // a worker that died is replaced, never restarted: the function may have had effects
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void PostStop()
    {
        _runs.CutShort();
        _runs.Dispose();
    }

    private void OnRun(RunExperiment request)
    {
        _runs.TakeEnded();
        _ledger.Offer();
        Run run;
        try
        {
            run = Plan(request);
        }
        catch (Exception e)
        {
            // a strategy is the user's code: what it throws is the answer
            Refuse(request, e, ReasonOf(e, request));
            return;
        }

        _runs.Start(run);
    }

    private void OnRunRefused(RunExperiment request)
    {
        _ledger.Offer();
        Refuse(request, new ShuttingDownException($"Experiment '{request.ExperimentName}' was not run: strategy '{_name}' is shutting down."), RejectReasons.ShuttingDown);
    }

    private void Refuse(RunExperiment request, Exception cause, string reason)
    {
        _ledger.Reject(reason);
        request.Stream?.TryComplete();
        RunPromise.Fail(request, Sender, cause, Self);
    }

    private Run Plan(RunExperiment request)
    {
        request.CancellationToken.ThrowIfCancellationRequested();
        var bound = request.Parent?.Bound(_surroundings.Clock);
        _runs.RefuseOverload(request);
        var now = _surroundings.Clock.GetUtcNow();
        var id = request.RunId ?? Identifiers.Next(now);
        var configs = request.TakesConfigsOfSettings ? _settings.Settings.Configs ?? ConfigSet.Empty : request.Configs;
        var planned = new PlanRequest(id, request.ExperimentName, configs, request.Input, _isQuarantined) { Key = request.Key, Settings = _settings.Settings };
        var (plan, attendance) = RunPlanner.Plan(
            _instance, _strategy.Name, planned, request.ExpectedAnswer, new Admission(now, request.MayTakePart, request.ForcedConfigId));
        if (request.Compare is not null)
            plan = RunPlanner.AddNoise(plan, _settings.Settings.NoiseRate, id);
        var run = new Run(id, request, plan, _settings, now, Sender)
        {
            Services = _surroundings.Services,
            Bound = bound,
            Context = ContextOf(request, configs),
            RecordedInput = InputOf(request, configs),
        };
        _runs.Shadows.Remember(run);
        _ledger.Attend(attendance);
        return run;
    }

    private static IReadOnlyDictionary<string, string> ContextOf(RunExperiment request, ConfigSet configs) =>
        request.Context is { } context ? RunContext.From(context, Redaction.SecretsOf(configs)) : FrozenDictionary<string, string>.Empty;

    private static object? InputOf(RunExperiment request, ConfigSet configs) =>
        request.RecordedInput is JsonElement input && Redaction.SecretsOf(configs) is { Count: > 0 } secrets
            ? Redaction.Redact(input, secrets)
            : request.RecordedInput;

    private static string ReasonOf(Exception cause, RunExperiment request) => cause switch
    {
        OverloadedException => RejectReasons.Overloaded,
        OperationCanceledException when request.CancellationToken.IsCancellationRequested => RejectReasons.Cancelled,
        BranchTimedOutException when request.Parent is not null => RejectReasons.TimedOut,
        _ => RejectReasons.Invalid,
    };

    private void OnBranchesEnded()
    {
        _runs.TakeEnded();
        EndDrainWhenDone();
    }

    private void OnDeadline()
    {
        _runs.TakeEnded();
        _runs.EndOverdue();
        EndDrainWhenDone();
    }

    private void OnCallerCancelled(CallerCancelled cancelled)
    {
        _runs.TakeEnded();
        _runs.Cancel(cancelled.Run);
        EndDrainWhenDone();
    }

    private void OnStaggerPassed(StaggerPassed passed)
    {
        _runs.TakeEnded();
        _runs.Candidates.StartNext(passed.Run, passed.Started);
    }

    private void OnWorkerDied(WorkerDied died)
    {
        // it may have ended its branch before it died
        _runs.TakeEnded();
        _runs.ReplaceWorker(died.Lease);
        EndDrainWhenDone();
    }

    private void OnChange(ChangeSettings request)
    {
        // what has ended may change the settings itself
        _runs.TakeEnded();
        try
        {
            var changed = request.Change(_settings.Settings) ?? throw new ArgumentException("The change of settings gave null.");
            _check?.Invoke(changed);
            Put(_settings with { Version = _settings.Version + 1, Settings = changed }, Sender);
        }
        catch (Exception e)
        {
            // the change is the user's code
            Sender.Tell(new Status.Failure(e), Self);
        }
    }

    private void OnCommonChange(CommonSettingsChanged changed)
    {
        _runs.TakeEnded();
        Put(_settings with { Version = _settings.Version + 1, Common = changed.Common }, Sender);
    }

    private void Put(SettingsInForce settings, IActorRef? asker = null)
    {
        _settings = settings;
        _surroundings.Extend(settings.Settings.Deadline);
        _surroundings.Extend(settings.Settings.ShadowDeadline ?? TimeSpan.Zero);
        _runs.Obey(settings);
        asker?.Tell(settings, Self);
    }

    private void MoveTo(MigrationStage stage) =>
        Put(_settings with { Version = _settings.Version + 1, Settings = _settings.Settings with { MigrationStage = stage } });

    private void OnGetAccount()
    {
        _runs.TakeEnded();
        Sender.Tell(_ledger.Account(_name, _settings.Version, _runs.Shadows.Waiting), Self);
    }

    private void OnDrain(Drain drain)
    {
        _drainer = Sender;
        Become(Draining);
        _runs.TakeEnded();
        _runs.Close();
        if (!_runs.IsIdle)
            Timers.StartSingleTimer(nameof(DrainTimeoutPassed), DrainTimeoutPassed.Instance, drain.Timeout);
        EndDrainWhenDone();
    }

    private void EndDrainWhenDone()
    {
        if (!_drainer.IsNobody() && _runs.IsIdle)
            EndDrain();
    }

    private void EndDrain()
    {
        if (_drainer.IsNobody())
            return;

        var drainer = _drainer;
        _drainer = ActorRefs.Nobody;
        drainer.Tell(new Drained(_runs.CutShort(), []), Self);
    }

    internal sealed record WorkerDied(Lease Lease);

    internal sealed record CallerCancelled(Run Run, IActorRef Supervisor)
    {
        public void Tell() => Supervisor.Tell(this, ActorRefs.NoSender);
    }

    internal sealed record StaggerPassed(Run Run, int Started, IActorRef Supervisor)
    {
        public void Tell() => Supervisor.Tell(this, ActorRefs.NoSender);
    }

    private sealed record DrainTimeoutPassed
    {
        public static DrainTimeoutPassed Instance { get; } = new();
    }
}
