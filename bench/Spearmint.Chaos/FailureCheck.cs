using Spearmint.Domain;

namespace Spearmint.Chaos;

/// <summary>Looks at what calls throw: it must be what the function threw, or what Spearmint says of just this call.</summary>
internal sealed class FailureCheck(AnswerCheck answers, Findings findings)
{
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    public void Check(Call call, Exception failure)
    {
        answers.CheckTime(call);
        findings.Expect(IsRight(call, failure), "a wrong exception", () => $"{failure} for {call}");
    }

    private static bool IsRight(Call call, Exception failure) => failure switch
    {
        ChaosException thrown => call.Job.HasThrown(thrown) && thrown.StackTrace!.Contains(nameof(Function), StringComparison.Ordinal),
        OperationCanceledException cancelled => call.Job.HasThrown(cancelled)
            || (call.Token.IsCancellationRequested && cancelled.CancellationToken == call.Token),
        BranchTimedOutException timedOut => timedOut.Experiment == call.Subject.Name
            && (call.Options.Deadline ?? timedOut.Deadline) == timedOut.Deadline
            && call.Elapsed + Rounding >= timedOut.Deadline
            && !call.Subject.AnswersWithAll,
        BranchWorkerDiedException => !call.Subject.AnswersWithAll,
        OverloadedException => true,
        AnswerShapeException => call.Way == Way.WrongShape,
        ArgumentException empty => call.Way == Way.NoConfigs && empty.Message.Contains("no configs", StringComparison.Ordinal),
        _ => false,
    };
}
