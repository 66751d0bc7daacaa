using Spearmint.Domain;
using Spearmint.Execution;

namespace Spearmint.Strategies;

/// <summary>Asks a strategy for a plan and checks that it can be run.</summary>
internal static class RunPlanner
{
    /// <summary>The plan of a run that takes part, that stays out, or whose config is forced.</summary>
    public static (RunPlan Plan, Attendance Attendance) Plan(
        IStrategy strategy, string name, PlanRequest request, AnswerShape? expected, Admission admission)
    {
        var attendance = admission.Of(request);
        var plan = attendance switch
        {
            Attendance.TakesPart => Plan(strategy, name, request, expected),
            Attendance.StaysOut => Baseline(strategy, name, request, expected),
            _ => Forced(strategy, name, request, expected, admission.ForcedConfigId!),
        };
        return (plan, attendance);
    }

    /// <summary>The plan of a run that takes part.</summary>
    public static RunPlan Plan(IStrategy strategy, string name, PlanRequest request, AnswerShape? expected)
    {
        RefuseEmpty(name, request);
        var plan = Runnable(strategy.Plan(request), name);
        if (expected is { } shape && shape != plan.Answer)
            throw new AnswerShapeException(Mismatch(name, request.Experiment, plan.Answer));

        return plan;
    }

    /// <summary>The plan of a run that compares, with the primary once more as a shadow in a share of the runs that have any.</summary>
    public static RunPlan AddNoise(RunPlan plan, double rate, Guid runId) =>
        plan is { IsShadowed: true, Branches.Length: > 1 } && StableHash.Share(runId, StableHash.Noise) < rate ? plan.WithNoise() : plan;

    private static RunPlan Baseline(IStrategy strategy, string name, PlanRequest request, AnswerShape? expected)
    {
        RefuseEmpty(name, request);
        var plan = Runnable(strategy.Baseline(request), name);
        if (expected is not { } shape || shape == plan.Answer)
            return plan;

        // one output stands in for all branches; a container that nobody can take is the same mistake as in a run that takes part
        return shape == AnswerShape.Container && plan.Branches is [var only]
            ? plan.Alone(only.Config, shape)
            : throw new AnswerShapeException(Mismatch(name, request.Experiment, plan.Answer));
    }

    // of the kind of the baseline: that says whether its shadows may be asked for, and how to answer a caller who takes any shape
    private static RunPlan Forced(IStrategy strategy, string name, PlanRequest request, AnswerShape? expected, string configId)
    {
        RefuseEmpty(name, request);
        var config = request.Configs[Choose.ById(request.Configs, configId, "forced")];
        var baseline = Runnable(strategy.Baseline(request), name);
        return baseline.Alone(config, expected ?? baseline.Answer);
    }

    private static void RefuseEmpty(string name, PlanRequest request)
    {
        if (request.Configs.Count == 0)
            throw new ArgumentException($"Strategy '{name}' has no configs to run experiment '{request.Experiment}' with; give it at least one.");
    }

    private static RunPlan Runnable(RunPlan? plan, string name) => plan switch
    {
        null => throw new InvalidPlanException(name, "it is null"),
        { Branches.IsEmpty: true } => throw new InvalidPlanException(name, "it has no branches"),
        _ => plan,
    };

    private static string Mismatch(string name, string experiment, AnswerShape actual) => actual == AnswerShape.Container
        ? $"Strategy '{name}' of experiment '{experiment}' answers with all branches: use RunAllAsync or RunDetailedAsync."
        : $"Strategy '{name}' of experiment '{experiment}' answers with one output: use RunAsync or RunDetailedAsync.";
}
