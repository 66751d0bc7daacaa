using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Client;

/// <summary>Runs for a test: waits for the comparisons of a run and throws when one is not a match.</summary>
internal static class MismatchCheck
{
    public static async ValueTask<ExperimentResult> RunAsync(Asking asking, IActorRef supervisor, RunExperiment request)
    {
        ExperimentResult result;
        try
        {
            result = await asking.RunAsync(supervisor, request);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await CheckAsync(asking, supervisor, request, e);
            throw;
        }

        await CheckAsync(asking, supervisor, request, cause: null);
        return result;
    }

    private static async Task CheckAsync(Asking asking, IActorRef supervisor, RunExperiment request, Exception? cause)
    {
        var mismatches = (await ComparisonsAsync(asking, supervisor, request))
            .Where(comparison => comparison.Verdict is ComparisonVerdict.Mismatch or ComparisonVerdict.Error).ToList();
        if (mismatches.Count > 0)
            throw new MismatchException(mismatches, cause);
    }

    private static async Task<IReadOnlyList<Comparison>> ComparisonsAsync(Asking asking, IActorRef supervisor, RunExperiment request)
    {
        try
        {
            return (await asking.GatherAsync(supervisor, new GatherShadows(request.RunId!.Value), request.CancellationToken)).Comparisons;
        }
        catch (RunNotFoundException)
        {
            // refused, or of a strategy that runs one config alone
            return [];
        }
    }
}
