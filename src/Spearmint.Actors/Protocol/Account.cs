using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>
/// Asks what has become of everything that was offered. Told to the root actor, which answers with an <see cref="Account"/>, or to a
/// strategy supervisor, which answers with its <see cref="StrategyAccount"/>.
/// </summary>
public sealed record GetAccount
{
    /// <summary>The message.</summary>
    public static GetAccount Instance { get; } = new();
}

/// <summary>What has become of everything that was offered, since the ActorSystem started. The laws of its parts hold at every moment.</summary>
/// <param name="Strategies">One for each registered strategy, in the order of their registration.</param>
public sealed record Account(IReadOnlyList<StrategyAccount> Strategies)
{
    /// <summary>The account of one strategy.</summary>
    /// <param name="name">The name that it is registered under: that of its experiment, where it has one.</param>
    /// <exception cref="UnknownNameException">There is none of this name.</exception>
    public StrategyAccount this[string name] =>
        Strategies.FirstOrDefault(strategy => strategy.Name == name)
        ?? throw new UnknownNameException("strategy", name, Strategies.Select(strategy => strategy.Name));
}

/// <summary>The account of one strategy. <c>Offered = Answered + Rejected + InFlight</c>.</summary>
/// <param name="Name">The name that the strategy is registered under: that of its experiment, where it has one.</param>
/// <param name="SettingsVersion">The version of the settings in force.</param>
/// <param name="Offered">Runs that were asked for.</param>
/// <param name="Answered">Runs that were carried out and answered, with a result or an exception.</param>
/// <param name="RejectedBy">Runs that were refused before any branch started, by reason: a name of <see cref="RejectReasons"/>.</param>
/// <param name="InFlight">Runs that wait for their answer.</param>
/// <param name="QueuedShadows">Shadows, and branches to compare, that wait for others to end: not yet eligible, since nothing is decided about them.</param>
/// <param name="Configs">One for each config that was seen; beyond 1024 of them, the rest together under the id <c>(other)</c>.</param>
public sealed record StrategyAccount(
    string Name, long SettingsVersion, long Offered, long Answered, IReadOnlyDictionary<string, long> RejectedBy, long InFlight, int QueuedShadows,
    IReadOnlyList<ConfigAccount> Configs)
{
    /// <summary>Of the runs that were not refused, those that took no part in the experiment and ran its baseline.</summary>
    public long NotTakingPart { get; init; }

    /// <summary>Of the runs that were not refused, those whose caller said which config to run.</summary>
    public long Forced { get; init; }

    /// <summary>Runs that were refused before any branch started.</summary>
    public long Rejected => RejectedBy.Values.Sum();

    /// <summary>The branches of all configs.</summary>
    public BranchCounts Branches => Configs.Aggregate(BranchCounts.Zero, (sum, config) => sum + config.Branches);

    /// <summary>The shadows of all configs.</summary>
    public ShadowCounts Shadows => Configs.Aggregate(ShadowCounts.Zero, (sum, config) => sum + config.Shadows);

    /// <summary>The comparisons of all configs.</summary>
    public ComparisonCounts Comparisons => Configs.Aggregate(ComparisonCounts.Zero, (sum, config) => sum + config.Comparisons);

    /// <summary>The account of one config, or null when it has never run here.</summary>
    /// <param name="id">The config's id.</param>
    public ConfigAccount? ByConfigId(string id) => Configs.FirstOrDefault(config => config.ConfigId == id);
}

/// <summary>The account of one config under one strategy.</summary>
/// <param name="ConfigId">The id of the config.</param>
/// <param name="Branches">What has become of its branches, shadows among them.</param>
/// <param name="Shadows">What has become of the shadows that were planned with it.</param>
/// <param name="Comparisons">What has become of the comparisons of its branches with those that they are measured by; noise is with the primary's own config.</param>
/// <param name="IsQuarantined">Whether it is quarantined now.</param>
public sealed record ConfigAccount(string ConfigId, BranchCounts Branches, ShadowCounts Shadows, ComparisonCounts Comparisons, bool IsQuarantined);

/// <summary>What has become of branches. <c>Started = Success + Failed + TimedOut + Cancelled + InFlight</c>.</summary>
/// <param name="Started">Branches that were handed to a worker.</param>
/// <param name="Success">Branches whose function returned.</param>
/// <param name="Failed">Branches whose function threw, or whose worker died.</param>
/// <param name="TimedOut">Branches that were ended by their deadline.</param>
/// <param name="Cancelled">Branches that were ended by the caller, a better answer or the shutdown.</param>
/// <param name="InFlight">Branches that run now.</param>
/// <param name="Late">Functions that ended after their branch; each has left a <see cref="BranchLate"/>.</param>
/// <param name="Abandoned">Functions that go on now although their branch has ended. Each holds a worker.</param>
public sealed record BranchCounts(long Started, long Success, long Failed, long TimedOut, long Cancelled, long InFlight, long Late, long Abandoned)
{
    /// <summary>Nothing yet.</summary>
    public static BranchCounts Zero { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The sums.</summary>
    public static BranchCounts operator +(BranchCounts left, BranchCounts right) => new(
        left.Started + right.Started, left.Success + right.Success, left.Failed + right.Failed, left.TimedOut + right.TimedOut,
        left.Cancelled + right.Cancelled, left.InFlight + right.InFlight, left.Late + right.Late, left.Abandoned + right.Abandoned);
}

/// <summary>What has become of planned shadows. <c>Eligible = NotSampled + Skipped + Started</c>.</summary>
/// <param name="Eligible">Shadows that were planned and decided about.</param>
/// <param name="NotSampled">Shadows of runs outside the sample.</param>
/// <param name="SkippedBy">Shadows that were skipped, by reason: a name of <see cref="SkipReasons"/>. Each has left a record.</param>
/// <param name="Started">Shadows that were handed to a worker.</param>
public sealed record ShadowCounts(long Eligible, long NotSampled, IReadOnlyDictionary<string, long> SkippedBy, long Started)
{
    /// <summary>Nothing yet.</summary>
    public static ShadowCounts Zero { get; } = new(0, 0, new Dictionary<string, long>(), 0);

    /// <summary>Shadows that were skipped.</summary>
    public long Skipped => SkippedBy.Values.Sum();

    /// <summary>The sums.</summary>
    public static ShadowCounts operator +(ShadowCounts left, ShadowCounts right) => new(
        left.Eligible + right.Eligible, left.NotSampled + right.NotSampled,
        Reasons.Sum(left.SkippedBy, right.SkippedBy),
        left.Started + right.Started);
}

/// <summary>
/// What has become of the pairs of branches of an experiment that compares, once both have ended. <c>Eligible = Match + Mismatch + Ignored +
/// Error + NotCompared + InFlight</c>.
/// </summary>
/// <param name="Eligible">Pairs that were decided about.</param>
/// <param name="Match">Pairs that are equal.</param>
/// <param name="Mismatch">Pairs that differ.</param>
/// <param name="Ignored">Pairs that differ in nothing but what a rule ignores.</param>
/// <param name="Error">Pairs whose comparer threw or did not end in time.</param>
/// <param name="NotComparedBy">Pairs that were not compared, by reason: a name of <see cref="NotComparedReasons"/> or <see cref="SkipReasons"/>.</param>
/// <param name="InFlight">Pairs that are being compared.</param>
public sealed record ComparisonCounts(
    long Eligible, long Match, long Mismatch, long Ignored, long Error, IReadOnlyDictionary<string, long> NotComparedBy, long InFlight)
{
    /// <summary>Nothing yet.</summary>
    public static ComparisonCounts Zero { get; } = new(0, 0, 0, 0, 0, new Dictionary<string, long>(), 0);

    /// <summary>Pairs that were not compared.</summary>
    public long NotCompared => NotComparedBy.Values.Sum();

    /// <summary>The sums.</summary>
    public static ComparisonCounts operator +(ComparisonCounts left, ComparisonCounts right) => new(
        left.Eligible + right.Eligible, left.Match + right.Match, left.Mismatch + right.Mismatch, left.Ignored + right.Ignored, left.Error + right.Error,
        Reasons.Sum(left.NotComparedBy, right.NotComparedBy), left.InFlight + right.InFlight);
}

/// <summary>Why a pair of branches was not compared, beside the <see cref="SkipReasons"/>.</summary>
public static class NotComparedReasons
{
    /// <summary>One of the two was ended without its function: by a deadline, a cancellation, the shutdown or the death of its worker.</summary>
    public const string NoOutcome = "no_outcome";
}

/// <summary>Counts by reason.</summary>
internal static class Reasons
{
    public static IReadOnlyDictionary<string, long> Sum(IReadOnlyDictionary<string, long> left, IReadOnlyDictionary<string, long> right) =>
        left.Concat(right).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
}

/// <summary>Why a run was refused.</summary>
public static class RejectReasons
{
    /// <summary>The request or the plan cannot be run, or the strategy threw.</summary>
    public const string Invalid = "invalid";

    /// <summary>The caller had cancelled it already.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>It was asked for inside the function of another run's branch, whose deadline had passed.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>Too much is in progress.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>Spearmint is shutting down.</summary>
    public const string ShuttingDown = "shutting_down";
}
