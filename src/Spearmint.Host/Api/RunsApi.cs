using Microsoft.AspNetCore.Http.HttpResults;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api;

/// <summary>What ran, run by run.</summary>
internal static class RunsApi
{
    public static void MapRuns(this RouteGroupBuilder api)
    {
        api.MapGet("/runs", ListAsync);
        api.MapGet("/runs/{id}", GetAsync);
    }

    private static async Task<Ok<RunSummaryDto[]>> ListAsync(BranchRecords records, string? experiment, string? limit)
    {
        var most = Query.Limit(limit);
        var branches = await records.FindAsync(experiment: Query.Name(experiment));
        return TypedResults.Ok(branches.GroupBy(branch => branch.RunId).Take(most).Select(run => RunSummaryDto.From([.. run])).ToArray());
    }

    private static async Task<Ok<RunDto>> GetAsync(BranchRecords records, string id)
    {
        var runId = Query.RunId(id);
        var newestFirst = await records.FindAsync(runId);
        return newestFirst.Count > 0
            ? TypedResults.Ok(RunDto.From([.. newestFirst.Reverse()]))
            : throw new UnknownRunException(runId, records.Capacity);
    }
}
