using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Chaos;

/// <summary>All that is driven: each strategy in an experiment, and the built-in ones by message.</summary>
internal static class Subjects
{
    /// <summary>The longest deadline that any of them is ever given.</summary>
    public static readonly TimeSpan LongestDeadline = TimeSpan.FromMilliseconds(250);

    /// <summary>The most shadows that ever run at once over all of them.</summary>
    public const int MostShadows = 64;

    private static readonly StrategySettings Usual = StrategySettings.Default with
    {
        Deadline = TimeSpan.FromMilliseconds(200),
        ShadowDeadline = TimeSpan.FromMilliseconds(100),
    };

    private static readonly StrategySettings Tight = Usual with
    {
        Deadline = TimeSpan.FromMilliseconds(100),
        MaxConcurrentRuns = 16,
        MaxConcurrentShadows = 4,
        ShadowQueueLimit = 8,
        ShadowSampleRate = 0.5,
        Quarantine = new QuarantineSettings
        {
            FailureLimit = 5,
            FailureShare = 0.1,
            Window = TimeSpan.FromSeconds(2),
            Pause = TimeSpan.FromMilliseconds(200),
            LongestPause = TimeSpan.FromSeconds(1),
        },
    };

    public static async Task<IReadOnlyList<Subject>> CreateAsync(SpearmintClient client, Function function)
    {
        foreach (var name in (string[])["round_robin", "shadow", "multi_branch"])
            await client.ChangeSettingsAsync(name, _ => Usual);

        return
        [
            new Subject("rotating") { Experiment = Experiment("rotating", Strategy.RoundRobin, Usual) },
            new Subject("shadowed")
            {
                Experiment = Experiment("shadowed", Strategy.Shadow("a"), Usual, copyInput: true, compares: true), OnlyConfig = "a", HasShadows = true, Compares = true,
            },
            new Subject("tight") { Experiment = Experiment("tight", Strategy.Shadow("a"), Tight, compares: true), Compares = true, OnlyConfig = "a", HasShadows = true, FixedLimits = Tight },
            new Subject("all") { Experiment = Experiment("all", Strategy.MultiBranch, Usual, compares: true), AnswersWithAll = true },
            new Subject("first") { Experiment = Experiment("first", Strategy.FirstSuccess, Usual) },
            new Subject("hedged") { Experiment = Experiment("hedged", Strategy.Hedge(TimeSpan.FromMilliseconds(20)), Usual) },
            new Subject("sampled") { Experiment = Experiment("sampled", Strategy.Sampled(0.5, Strategy.Shadow("a"), Strategy.SingleConfig("a")), Usual), OnlyConfig = "a", HasShadows = true },
            new Subject("picked")
            {
                Experiment = Experiment("picked", Strategy.Pick((1, Strategy.Shadow("a")), (2, Strategy.SingleConfig("a"))), Usual), OnlyConfig = "a", HasShadows = true,
            },
            new Subject("fixed") { Experiment = Experiment("fixed", Strategy.SingleConfig("a"), Tight, recordOutput: true), OnlyConfig = "a" },
            new Subject("round_robin"),
            new Subject("shadow") { HasShadows = true },
            new Subject("multi_branch") { AnswersWithAll = true },
        ];

        Experiment<Job, object?> Experiment(string name, Strategy strategy, StrategySettings settings, bool recordOutput = false, bool copyInput = false, bool compares = false) =>
            client.CreateExperiment<Job, object?>(name, function.CallAsync, Variants.Sets[0], strategy, new ExperimentOptions
            {
                Settings = settings,
                RecordOutput = recordOutput,
                Compare = compares ? Comparers.Rules : null,
                CloneInput = copyInput ? input => ((Job)input!).Copy() : null,
            });
    }
}
