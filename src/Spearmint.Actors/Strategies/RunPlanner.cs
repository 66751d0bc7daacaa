using Spearmint.Domain;

namespace Spearmint.Strategies;

/// <summary>Asks a strategy for a plan and checks that it can be run.</summary>
internal static class RunPlanner
{
    public static RunPlan Plan(IStrategy strategy, string name, PlanRequest request, AnswerShape? expected)
    {
        if (request.Configs.Count == 0)
            throw new ArgumentException($"Strategy '{name}' has no configs to run experiment '{request.Experiment}' with; give it at least one.");

        var plan = strategy.Plan(request) ?? throw new InvalidPlanException(name, "it is null");
        if (plan.Branches.IsEmpty)
            throw new InvalidPlanException(name, "it has no branches");
        if (expected is { } shape && shape != plan.Answer)
            throw new AnswerShapeException(Mismatch(name, request.Experiment, plan.Answer));

        return plan;
    }

    private static string Mismatch(string name, string experiment, AnswerShape actual) => actual == AnswerShape.Container
        ? $"Strategy '{name}' of experiment '{experiment}' answers with all branches: use RunAllAsync or RunDetailedAsync."
        : $"Strategy '{name}' of experiment '{experiment}' answers with one output: use RunAsync or RunDetailedAsync.";
}
