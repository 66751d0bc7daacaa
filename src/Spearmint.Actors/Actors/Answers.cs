using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Actors;

/// <summary>What a run answers with.</summary>
internal static class Answers
{
    /// <summary>Answers the run, if this is the branch that is its answer.</summary>
    public static void TellPrimary(Run run, Branch branch, IActorRef sender)
    {
        if (branch.Role == BranchRole.Primary)
            run.ReplyTo.Tell(branch.Status == BranchStatus.Success ? new ExperimentResult(run.Id, branch) : new Status.Failure(branch.Exception), sender);
    }

    /// <summary>Answers the run with all its awaited branches.</summary>
    public static void TellContainer(Run run, IActorRef sender) => run.ReplyTo.Tell(new ExperimentResult(run.Id, run.Awaited()), sender);
}
