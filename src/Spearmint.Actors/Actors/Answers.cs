using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>What a run answers with.</summary>
internal static class Answers
{
    /// <summary>Answers the run, if this is the branch that is its answer.</summary>
    public static void TellPrimary(Run run, Branch branch, IActorRef sender)
    {
        if (branch.Role != BranchRole.Primary)
            return;

        if (branch.Status == BranchStatus.Success)
            TellFirst(run, branch, sender);
        else
            TellFailure(run, CauseOf(run, branch), sender);
    }

    /// <summary>Answers the run with all its awaited branches.</summary>
    public static void TellContainer(Run run, IActorRef sender)
    {
        End(run, error: null);
        RunPromise.Answer(run.Request, run.ReplyTo, new ExperimentResult(run.Id, run.Settings.Version, run.EndedAwaited()), sender);
    }

    /// <summary>Answers the run with the output of one branch.</summary>
    public static void TellFirst(Run run, Branch branch, IActorRef sender)
    {
        End(run, error: null);
        RunPromise.Answer(run.Request, run.ReplyTo, new ExperimentResult(run.Id, branch), sender);
    }

    /// <summary>Answers a run whose branches ran one after the other: with the output of the first, or with its exception.</summary>
    public static void TellInTurn(Run run, IActorRef sender)
    {
        var first = run.AwaitedAt(0)!.Ended!;
        if (first.Status != BranchStatus.Success)
        {
            TellFailure(run, CauseOf(run, first), sender);
            return;
        }

        End(run, error: null);
        RunPromise.Answer(run.Request, run.ReplyTo, new ExperimentResult(run.Id, first, run.EndedAwaited()), sender);
    }

    /// <summary>Answers the run with an exception.</summary>
    public static void TellFailure(Run run, Exception cause, IActorRef sender)
    {
        End(run, cause);
        RunPromise.Fail(run.Request, run.ReplyTo, cause, sender);
    }

    private static void End(Run run, Exception? error)
    {
        run.MeteredBy?.RunEnded(run.Request.ExperimentName);
        if (run.Span is { } span)
            Spans.EndRun(span, error);
    }

    // a caller who has cancelled is told so with the token that it knows
    private static Exception CauseOf(Run run, Branch branch)
    {
        var token = run.Request.CancellationToken;
        return branch is { Status: BranchStatus.Cancelled, Exception: OperationCanceledException cancelled }
            && token.IsCancellationRequested && cancelled.CancellationToken != token
                ? new OperationCanceledException(cancelled.Message, cancelled, token)
                : branch.Exception!;
    }
}
