using System.Collections.Immutable;
using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>What one run does: its branches, when they start, and the shape of its answer.</summary>
public sealed class RunPlan
{
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

    /// <summary>Whether the run may be asked for its shadows, also when it has none.</summary>
    internal bool IsShadowed { get; private init; }

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
}
