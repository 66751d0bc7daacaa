using System.Collections.Immutable;
using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>What one run does: its branches, when they start, and the shape of its answer.</summary>
public sealed class RunPlan
{
    private RunPlan? _withNoise;

    private RunPlan(AnswerShape answer, ImmutableArray<PlannedBranch> branches)
    {
        Answer = answer;
        Branches = branches;
    }

    /// <summary>The shape of the answer.</summary>
    public AnswerShape Answer { get; }

    /// <summary>The branches, in config order.</summary>
    public ImmutableArray<PlannedBranch> Branches { get; }

    /// <summary>
    /// How long each branch waits for the one before it before it starts too; zero, as in most plans, when all start together. A branch that
    /// fails lets the next one start at once.
    /// </summary>
    public TimeSpan Stagger { get; private init; }

    /// <summary>Whether each branch waits for the one before it to succeed, and the answer for all that have started.</summary>
    public bool IsInTurn { get; private init; }

    /// <summary>Whether the run may be asked for its shadows, also when it has none.</summary>
    internal bool IsShadowed { get; private init; }

    /// <summary>The same plan with the primary's config once more as a shadow.</summary>
    internal RunPlan WithNoise() => _withNoise ??= new RunPlan(
        Answer, Branches.Add(new PlannedBranch(Branches[Place(branch => branch.Role == BranchRole.Primary)].Config, BranchRole.Noise)))
    { IsShadowed = true };

    /// <summary>The place of the first branch that something holds for; below zero when there is none.</summary>
    internal int Place(Func<PlannedBranch, bool> holds)
    {
        for (var place = 0; place < Branches.Length; place++)
        {
            if (holds(Branches[place]))
                return place;
        }

        return -1;
    }

    /// <summary>Runs one config and answers with its output.</summary>
    /// <param name="config">The config.</param>
    public static RunPlan One(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new RunPlan(AnswerShape.Output, [new PlannedBranch(config, BranchRole.Primary)]);
    }

    /// <summary>Runs all configs, answers with the output of one of them and leaves the others to run as shadows.</summary>
    /// <param name="configs">The configs.</param>
    /// <param name="primary">The place of the primary among them.</param>
    public static RunPlan PrimaryWithShadows(ConfigSet configs, int primary)
    {
        ArgumentNullException.ThrowIfNull(configs);
        ArgumentOutOfRangeException.ThrowIfNegative(primary);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(primary, configs.Count);
        var branches = ImmutableArray.CreateBuilder<PlannedBranch>(configs.Count);
        for (var index = 0; index < configs.Count; index++)
            branches.Add(new PlannedBranch(configs[index], index == primary ? BranchRole.Primary : BranchRole.Shadow));

        return new RunPlan(AnswerShape.Output, branches.MoveToImmutable()) { IsShadowed = true };
    }

    /// <summary>Runs all configs and answers with a container of their branches.</summary>
    /// <param name="configs">The configs.</param>
    public static RunPlan All(ConfigSet configs)
    {
        ArgumentNullException.ThrowIfNull(configs);
        var branches = ImmutableArray.CreateBuilder<PlannedBranch>(configs.Count);
        for (var index = 0; index < configs.Count; index++)
            branches.Add(new PlannedBranch(configs[index], BranchRole.Candidate));

        return new RunPlan(AnswerShape.Container, branches.MoveToImmutable());
    }

    /// <summary>
    /// Runs all configs and answers with the output of the first that succeeds; the others are cancelled. When all fail, the answer is what
    /// the first config threw.
    /// </summary>
    /// <param name="configs">The configs.</param>
    /// <param name="stagger">How long each waits for the one before it before it starts too; zero to start all together.</param>
    public static RunPlan FirstSuccess(ConfigSet configs, TimeSpan stagger = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stagger, TimeSpan.Zero);
        return new RunPlan(AnswerShape.Output, All(configs).Branches) { Stagger = stagger };
    }

    /// <summary>A plan of the same kind that runs one config alone, and answers in a shape.</summary>
    internal RunPlan Alone(Config config, AnswerShape answer) =>
        new(answer, [new PlannedBranch(config, answer == AnswerShape.Output ? BranchRole.Primary : BranchRole.Candidate)]) { IsShadowed = IsShadowed };

    /// <summary>
    /// Runs the configs one after the other, each when the one before it has succeeded, and answers with the output of the first once all
    /// have ended. When the first fails, nothing else starts and the answer is what it threw. When a later one fails, that is recorded and
    /// the answer stays the output of the first. Once the first has succeeded, a caller that cancels ends nothing any more.
    /// </summary>
    /// <param name="configs">The configs, in the order of their turns.</param>
    public static RunPlan InTurn(ConfigSet configs) => new(AnswerShape.Output, All(configs).Branches) { IsInTurn = true };
}
