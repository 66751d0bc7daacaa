using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Support;

/// <summary>Things that a test needs and does not care about.</summary>
internal static class Some
{
    public static Config Config(string id) => Domain.Config.From(new { name = id }, id);

    public static ConfigSet Configs(params string[] ids) => new(ids.Select(Config));

    public static ConfigSet Configs(int count) => new(Enumerable.Range(0, count).Select(number => Config($"c{number}")));

    public static Branch Branch(Config? config = null, BranchRole role = BranchRole.Primary) =>
        Domain.Branch.Start(Guid.NewGuid(), "experiment", "strategy", config ?? Config("a"), role, DateTimeOffset.UnixEpoch);

    public static BranchFinished Finished(Config? config = null) =>
        new(Branch(config).Succeed("output", TimeSpan.FromMilliseconds(1)));

    public static BranchLate Late(Branch branch) =>
        new(branch.Identity, new BranchOutcome(BranchStatus.Success, TimeSpan.FromSeconds(5), "late", null), BranchMetrics.None);

    public static Comparison Comparison(ComparisonVerdict verdict) => new()
    {
        RunId = Guid.Empty,
        ReferenceBranchId = Guid.Empty,
        ReferenceConfigId = "a",
        ReferenceDuration = TimeSpan.Zero,
        BranchId = Guid.Empty,
        ConfigId = "b",
        Duration = TimeSpan.Zero,
        Verdict = verdict,
    };

    /// <summary>Events with numbers in a row.</summary>
    public static IReadOnlyList<ExperimentEvent> Events(long first, int count)
    {
        var branch = Branch();
        return [.. Enumerable.Range(0, count).Select(index => new BranchStarted(branch) { Sequence = first + index })];
    }

    /// <summary>The number of an event, or the numbers of a stretch that was dropped and why.</summary>
    public static string Text(ExperimentEvent happened) =>
        happened is EventsDropped lost ? $"{lost.Sequence}-{lost.Last} {lost.Reason}" : $"{happened.Sequence}";

    public static Task<object?> ConfigId(object? input, Config config, CancellationToken cancellationToken) => Task.FromResult<object?>(config.Id);

    public static SettingsInForce Settings { get; } = new(1, StrategySettings.Default, SpearmintSettings.Default);

    public static Surroundings Surroundings(TimeProvider? clock = null) => new(clock ?? TimeProvider.System, SpearmintSettings.Default, services: null);

    public static Run Run(RunExperiment request, IActorRef replyTo) =>
        new(Guid.NewGuid(), request, RunPlan.One(request.Configs[0]), Settings, DateTimeOffset.UnixEpoch, replyTo);
}
