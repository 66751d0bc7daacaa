using Akka.Actor;
using Spearmint.Domain;

namespace Spearmint.Protocol;

/// <summary>
/// The answer of a run to a caller who waits for a task. Without it the answer goes to an actor: that of an <c>Ask</c>, or any other.
/// </summary>
internal sealed class RunPromise(string experiment) : TaskCompletionSource<ExperimentResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>What the answer may take; said when there is none.</summary>
    public TimeSpan Bound { get; set; }

    public void Expire() => TrySetException(new UnansweredException($"A run of experiment '{experiment}'", Bound));

    public static void Answer(RunExperiment request, IActorRef replyTo, ExperimentResult result, IActorRef sender)
    {
        if (request.Promise is { } promise)
            promise.TrySetResult(result);
        else
            replyTo.Tell(result, sender);
    }

    public static void Fail(RunExperiment request, IActorRef replyTo, Exception cause, IActorRef sender)
    {
        if (request.Promise is { } promise)
            promise.TrySetException(cause);
        else
            replyTo.Tell(new Status.Failure(cause), sender);
    }
}
