using System.Runtime.CompilerServices;
using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Client;

/// <summary>Asks for runs, each with a bound of its own beyond any deadline, so that nothing that is stuck or gone can hang a caller.</summary>
internal sealed class Asking(Surroundings surroundings, CancellationToken ended)
{
    /// <summary>What an answer may take beyond the longest deadline.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly SharedTimeout _timeout = new(surroundings.Clock, ended);

    /// <summary>Tells an actor to run an experiment and waits for the answer.</summary>
    /// <param name="target">A supervisor, or the root actor.</param>
    /// <param name="request">The run, with a promise to answer to.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ExperimentResult> RunAsync(IActorRef target, RunExperiment request)
    {
        var promise = request.Promise!;
        promise.Bound = Bound(request.Deadline);
        target.Tell(request, ActorRefs.NoSender);
        using var atBound = _timeout.After(promise.Bound).UnsafeRegister(static state => ((RunPromise)state!).Expire(), promise);
        using var atCancellation = request.CancellationToken.UnsafeRegister(
            static (state, token) => ((RunPromise)state!).TrySetCanceled(token), promise);
        return await promise.Task;
    }

    /// <summary>The shadows of a run, waited for no longer than they can take: some may wait for others before they start.</summary>
    public async Task<ShadowsGathered> GatherAsync(IActorRef target, GatherShadows request, CancellationToken callersToken)
    {
        var bound = 2 * Bound(null);
        try
        {
            return await target.Ask<ShadowsGathered>(request, bound, callersToken);
        }
        catch (AskTimeoutException)
        {
            throw new UnansweredException($"The question for the shadows of run {request.RunId}", bound);
        }
        catch (OperationCanceledException) when (callersToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The wait for shadows was cancelled.", callersToken);
        }
    }

    /// <summary>Is cancelled when whatever is asked for now should have been answered long since.</summary>
    public CancellationToken Overdue() => _timeout.After(Bound(null));

    private TimeSpan Bound(TimeSpan? deadline) =>
        (deadline > surroundings.LongestDeadline ? deadline.Value : surroundings.LongestDeadline) + Margin;
}
