using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Strategies;

namespace Spearmint.Protocol;

/// <summary>
/// What belongs to one run. It travels inside the run's messages; what can change is touched by the supervisor alone. As something with a
/// deadline it stands for its awaited branches.
/// </summary>
internal sealed class Run : Expiring
{
    // by place in the plan: an awaited branch as a RunBranch, an ended shadow as a Branch
    private readonly object?[]? _branches;
    private RunBranch? _only;
    private List<Comparison>? _comparisons;

    public Run(Guid id, RunExperiment request, RunPlan plan, SettingsInForce settings, DateTimeOffset startedAt, IActorRef replyTo)
    {
        Id = id;
        Request = request;
        Plan = plan;
        Settings = settings;
        StartedAt = startedAt;
        ReplyTo = replyTo;
        if (plan.Branches.Length > 1)
            _branches = new object?[plan.Branches.Length];

        foreach (var branch in plan.Branches)
        {
            if (!branch.Role.IsAwaited())
                ShadowsLeft++;
            else if (branch.Role == BranchRole.Primary)
                HasPrimary = true;
        }

        Deadline = OwnDeadline;
        if (request.Compare is { } rules)
            ExpectComparisons(rules.ReferenceConfigId);
        OwnSink = request.Sink is null ? null : new RunSink(id, request.Sink, plan.Branches.Length + ComparisonsLeft);
    }

    public Guid Id { get; }

    public RunExperiment Request { get; }

    public RunPlan Plan { get; }

    public SettingsInForce Settings { get; }

    public IActorRef ReplyTo { get; }

    /// <summary>The span of the run; null where nobody listens.</summary>
    public Activity? Span { get; set; }

    /// <summary>Who counts the run among the active ones; null where nobody listened when it started.</summary>
    public Telemetry? MeteredBy { get; set; }

    /// <summary>What the experiment says of the run, without the secrets of its configs.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The input as JSON without the secrets of the configs, boxed; null where it is not recorded.</summary>
    public object? RecordedInput { get; init; }

    /// <summary>The services of the host, or null where there is none.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Wall-clock start, UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    public RunSink? OwnSink { get; }

    /// <summary>Whether one branch alone is the answer, whatever becomes of it.</summary>
    public bool HasPrimary { get; }

    /// <summary>Awaited branches that have started and not ended.</summary>
    public int AwaitedLeft { get; set; }

    /// <summary>Shadows that have not ended, or not even started.</summary>
    public int ShadowsLeft { get; set; }

    /// <summary>Whether branches of this run are compared.</summary>
    public bool Compares => ReferenceIndex >= 0;

    /// <summary>The place in the plan of the branch that the others are measured by; below zero where nothing is compared.</summary>
    public int ReferenceIndex { get; private set; } = -1;

    /// <summary>Pairs of branches that may still be compared.</summary>
    public int ComparisonsLeft { get; set; }

    /// <summary>What came of the comparisons so far, in the order in which they ended.</summary>
    public IReadOnlyList<Comparison> Comparisons => _comparisons?.ToArray() ?? [];

    /// <summary>Whether all shadows have ended, and all pairs have been compared that will be.</summary>
    public bool IsOver => ShadowsLeft == 0 && ComparisonsLeft == 0;

    /// <summary>Whether it is among the ended runs whose shadows can be asked for.</summary>
    public bool IsRemembered { get; set; }

    /// <summary>Shadows that have ended before the primary, which they are measured by.</summary>
    public List<RunBranch>? Uncompared { get; set; }

    /// <summary>Whether the run has shadows where the strategy plans some: not inside a shadow of another run.</summary>
    public bool MayHaveShadows => Request.Parent?.MayHaveShadows ?? true;

    /// <summary>Whether the shadows of this run are run at all.</summary>
    public bool IsSampled { get; private set; } = true;

    public bool IsAnswered { get; set; }

    /// <summary>The place of the next awaited branch to start, where they start one after the other; the end when no more may start.</summary>
    public int Started { get; set; }

    /// <summary>How many awaited branches have been started.</summary>
    public int Begun { get; private set; }

    /// <summary>Starts the next awaited branch, where they start one after the other.</summary>
    public ITimer? Stagger { get; set; }

    public CancellationTokenRegistration CallersToken { get; set; }

    public List<IActorRef>? Gatherers { get; set; }

    /// <summary>How long the caller waits at most: not longer than the branch may take that asked for the run, where one did.</summary>
    public TimeSpan Deadline { get; private set; }

    /// <summary>How long the branch may still take that asked for the run; null where none did.</summary>
    public TimeSpan? Bound { init => Deadline = value < Deadline ? value.Value : Deadline; }

    public TimeSpan ShadowDeadline => Request.ShadowDeadline ?? Settings.Settings.ShadowDeadline ?? OwnDeadline;

    private TimeSpan OwnDeadline => Request.Deadline ?? Settings.Settings.Deadline;

    /// <summary>The awaited branch at a place in the plan, if it has been started.</summary>
    public RunBranch? AwaitedAt(int index) => _branches is null ? _only : _branches[index] as RunBranch;

    /// <summary>An awaited branch has been started.</summary>
    public void Add(RunBranch branch)
    {
        AwaitedLeft++;
        Begun++;
        if (_branches is null)
            _only = branch;
        else
            _branches[branch.Index] = branch;
    }

    /// <summary>A shadow has ended, or was skipped.</summary>
    public void AddShadow(int index, Branch shadow)
    {
        ShadowsLeft--;
        _branches![index] = shadow;
    }

    /// <summary>The shadows of this run are not to be run and leave no branch.</summary>
    public void LeaveShadowsOut()
    {
        IsSampled = false;
        ShadowsLeft = 0;
        OwnSink?.EndsLeft -= ComparisonsLeft;
        ComparisonsLeft = 0;
        ReferenceIndex = -1;
    }

    /// <summary>A comparison has ended.</summary>
    public void Add(Comparison comparison)
    {
        (_comparisons ??= []).Add(comparison);
        ComparisonsLeft--;
    }

    /// <summary>The awaited branches that have been started, all ended, in config order.</summary>
    public BranchContainer EndedAwaited()
    {
        if (_branches is null)
            return new BranchContainer([_only!.Ended!]);

        var ended = ImmutableArray.CreateBuilder<Branch>(_branches.Length);
        foreach (var branch in _branches)
        {
            if (branch is RunBranch awaited)
                ended.Add(awaited.Ended!);
        }

        return new BranchContainer(ended.DrainToImmutable());
    }

    /// <summary>The shadows that have ended or were skipped, in config order.</summary>
    public BranchContainer EndedShadows() => _branches is null ? BranchContainer.Empty : new BranchContainer(_branches.OfType<Branch>());

    private void ExpectComparisons(string? referenceConfigId)
    {
        if (HasPrimary && ShadowsLeft > 0)
            ReferenceIndex = Plan.Place(branch => branch.Role == BranchRole.Primary);
        else if (Plan.Answer == AnswerShape.Container && Plan.Branches.Length > 1)
            ReferenceIndex = Reference(referenceConfigId);
        ComparisonsLeft = Compares ? Plan.Branches.Length - 1 : 0;
    }

    private int Reference(string? configId)
    {
        var place = configId is null ? 0 : Plan.Place(branch => branch.Config.Id == configId);
        return place >= 0
            ? place
            : throw new ArgumentException(
                $"The config '{configId}' that the others are compared with is not among those of the run: {string.Join(", ", Plan.Branches.Select(branch => branch.Config.Id))}.");
    }
}
