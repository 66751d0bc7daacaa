using Spearmint.Domain;
using Spearmint.Statistics;

namespace Spearmint.Support;

/// <summary>Events as the log tells them, of which a test says what matters to it.</summary>
internal static class Given
{
    public const string Experiment = "experiment";

    public static ExperimentStatistics Statistics(IEnumerable<ExperimentEvent> events, NoiseRule? rule = null)
    {
        var figures = new EventFigures();
        foreach (var happened in events)
            figures.Add(happened);

        return Assert.Single(figures.Read(rule ?? NoiseRule.Default));
    }

    public static BranchFinished Finished(
        string config = "a", double milliseconds = 1, BranchStatus status = BranchStatus.Success, BranchRole role = BranchRole.Primary,
        IReadOnlyDictionary<string, double>? metrics = null) => new(Branch.Ended(
            Identity(Some.Config(config), Experiment, role), status, TimeSpan.FromMilliseconds(milliseconds), output: null,
            status == BranchStatus.Success ? null : new IOException("broken"), metrics ?? BranchMetrics.None));

    public static BranchFinished Finished(Config config, string experiment = Experiment) =>
        new(Branch.Ended(Identity(config, experiment, BranchRole.Primary), BranchStatus.Success, TimeSpan.Zero, null, null, BranchMetrics.None));

    public static BranchCompared Compared(
        ComparisonVerdict verdict, string reference = "a", string compared = "b", double longer = 0, params Difference[] differences)
    {
        var isNoise = reference == compared;
        var identity = Identity(Some.Config(compared), Experiment, isNoise ? BranchRole.Noise : BranchRole.Shadow);
        return new BranchCompared(identity, new Comparison
        {
            RunId = identity.RunId,
            ReferenceBranchId = Guid.NewGuid(),
            ReferenceConfigId = reference,
            ReferenceDuration = TimeSpan.FromMilliseconds(100),
            BranchId = identity.BranchId,
            ConfigId = compared,
            Duration = TimeSpan.FromMilliseconds(100 + longer),
            IsNoise = isNoise,
            Verdict = verdict,
            Differences = differences,
            DifferenceCount = differences.Length,
        });
    }

    public static BranchCompared Mismatch(params string[] paths) => Compared(ComparisonVerdict.Mismatch, differences: At(paths));

    public static BranchCompared NoiseMismatch(params string[] paths) =>
        Compared(ComparisonVerdict.Mismatch, compared: "a", differences: At(paths));

    public static Difference[] At(params string[] paths) => [.. paths.Select(path => new Difference(path, "1", "2"))];

    private static BranchIdentity Identity(Config config, string experiment, BranchRole role) =>
        new(Guid.NewGuid(), Guid.NewGuid(), experiment, "shadow", config, role, DateTimeOffset.UnixEpoch);
}
