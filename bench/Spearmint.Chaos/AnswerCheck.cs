using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Chaos;

/// <summary>Looks at answers: each must be one that its job allows, and must be there in time.</summary>
internal sealed class AnswerCheck(Findings findings)
{
    /// <summary>What nobody waits for longer: an <c>Ask</c> has no bound of its own.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    // what a busy machine may add to a deadline
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    public void Check(Call call, object? answer)
    {
        CheckTime(call);
        if (call.Way is Way.WrongShape or Way.NoConfigs)
            findings.Add("a call that cannot be run was answered", $"{call}");

        switch (answer)
        {
            case ExperimentResult<object?> result:
                CheckRunId(call, result.RunId);
                CheckOutput(call, result.Branches, result.Output);
                CheckBranches(call, result.Branches);
                break;
            case ExperimentResult result:
                CheckRunId(call, result.RunId);
                CheckOutput(call, result.Branches.As<object?>(), result.Output);
                CheckBranches(call, result.Branches.As<object?>());
                break;
            case IReadOnlyList<Branch<object?>> branches:
                CheckBranches(call, branches);
                break;
            default:
                findings.Expect(MayReturn(call, answer), "a wrong output", () => $"{answer ?? "null"} for {call}");
                break;
        }
    }

    /// <summary>Looks at the shadows of a call.</summary>
    public void CheckShadows(Call call, IReadOnlyList<Branch<object?>> shadows)
    {
        foreach (var shadow in shadows)
        {
            findings.Expect(
                shadow.Role == BranchRole.Shadow && BranchCheck.Fits(call, shadow, shadow.Output), "a wrong shadow",
                () => $"{shadow} {shadow.Exception} for {call}");
        }
    }

    public void CheckTime(Call call)
    {
        var late = call.Elapsed - call.Due;
        findings.Expect(late <= Slack, "an answer came late", () => $"{late.TotalMilliseconds:0} ms late: {call}");
    }

    private void CheckRunId(Call call, Guid runId) =>
        findings.Expect(call.Options.RunId is null || call.Options.RunId == runId, "a wrong run id", () => $"{runId} for {call}");

    private void CheckOutput(Call call, BranchContainer<object?> branches, object? output)
    {
        if (call.Subject.AnswersWithAll)
            return;

        findings.Expect(branches.Count == 1 && branches[0].Status == BranchStatus.Success && Equals(branches[0].Output, output),
            "an output that is not that of its branch", () => $"{output} for {call}");
    }

    private void CheckBranches(Call call, IReadOnlyList<Branch<object?>> branches)
    {
        foreach (var branch in branches)
        {
            findings.Expect(
                branch.Role != BranchRole.Shadow && IsAllowed(call, branch.Config.Id) && BranchCheck.Fits(call, branch, branch.Output), "a wrong branch",
                () => $"{branch} {branch.Exception} for {call}");
        }

        var ids = branches.Select(branch => branch.Config.Id);
        findings.Expect(ids.Distinct().Count() == branches.Count && branches.Select(branch => branch.RunId).Distinct().Count() <= 1,
            "branches that do not belong together", () => $"{string.Join(", ", branches)} for {call}");
        if (call.Way is Way.Container or Way.Detailed && call.Subject.AnswersWithAll && call.Options.Configs is { } configs)
            findings.Expect(ids.SequenceEqual(configs.Select(config => config.Id)), "branches out of order", () => $"{string.Join(", ", branches)} for {call}");
    }

    private static bool MayReturn(Call call, object? output) => output is Reply reply
        ? IsAllowed(call, reply.Config) && BranchCheck.Returns(call.Job, reply.Config, reply)
        : Variants.Sets[0].Any(config => IsAllowed(call, config.Id) && BranchCheck.Returns(call.Job, config.Id, output));

    private static bool IsAllowed(Call call, string configId) => call.Subject.OnlyConfig is null || call.Subject.OnlyConfig == configId;
}
