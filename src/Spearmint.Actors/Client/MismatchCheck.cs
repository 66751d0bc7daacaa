using Akka.Actor;
using Spearmint.Domain;
using Spearmint.Protocol;

namespace Spearmint.Client;

/// <summary>Runs for a test: waits for the comparisons of a run and throws when one is not a match, or when a shadow could not be compared.</summary>
internal static class MismatchCheck
{
    public static async ValueTask<ExperimentResult> RunAsync(Asking asking, IActorRef supervisor, RunExperiment request)
    {
        ExperimentResult result;
        try
        {
            result = await asking.RunAsync(supervisor, request);
        }
        catch (Exception e) when (!request.CancellationToken.IsCancellationRequested)
        {
            await CheckAsync(asking, supervisor, request, e);
            throw;
        }

        await CheckAsync(asking, supervisor, request, cause: null);
        return result;
    }

    private static async Task CheckAsync(Asking asking, IActorRef supervisor, RunExperiment request, Exception? cause)
    {
        if (await GatherAsync(asking, supervisor, request, cause) is not { } gathered)
            return;

        var mismatches = gathered.Comparisons.Where(comparison => comparison.Verdict is ComparisonVerdict.Mismatch or ComparisonVerdict.Error).ToList();
        var compared = gathered.Comparisons.Select(comparison => comparison.BranchId).ToHashSet();
        var uncompared = gathered.Shadows.Where(shadow => !compared.Contains(shadow.BranchId)).ToList();

        // where the primary itself has no outcome, it is that which the test should see
        if (mismatches.Count > 0 || (uncompared.Count > 0 && cause is null))
            throw new MismatchException(mismatches, uncompared, cause);
    }

    private static async Task<ShadowsGathered?> GatherAsync(Asking asking, IActorRef supervisor, RunExperiment request, Exception? cause)
    {
        try
        {
            return await asking.GatherAsync(supervisor, new GatherShadows(request.RunId!.Value), request.CancellationToken);
        }
        catch (RunNotFoundException)
        {
            // refused, or of a strategy that runs one config alone
            return null;
        }
        catch (Exception e) when (cause is not null && e is UnansweredException or OperationCanceledException)
        {
            // what the run itself threw comes first
            return null;
        }
    }
}
