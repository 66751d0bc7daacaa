using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api;

/// <summary>What ran, run by run.</summary>
internal static class RunsApi
{
    public static void MapRuns(this RouteGroupBuilder api)
    {
        api.MapGet("/runs", ListAsync).WithTags("runs").WithSummary("Runs that have a branch as asked for, newest first").Problems(400, 503);
        api.MapGet("/runs/{id}", GetAsync).WithTags("runs").WithSummary("One run with all its branches").Problems(400, 404, 503);
    }

    private static async Task<Ok<PageDto<RunSummaryDto>>> ListAsync(
        HttpRequest request, BranchRecords records, [AsParameters] BranchQuery query, [Description("How many at most, from 1 to 1000; 100 by default.")] string? limit,
        [Description("Where the page before has ended; its member next says it.")] string? before, CancellationToken cancellationToken)
    {
        var (filter, from, most) = (query.Filter(), Query.Before(before), Query.Limit(limit));
        await records.FlushAsync();
        var page = await records.Store.ListRunsAsync(filter, from, most, cancellationToken);
        return TypedResults.Ok(PageDto.Of(request, page, RunSummaryDto.From));
    }

    private static async Task<Ok<RunDto>> GetAsync(BranchRecords records, [Description("The id of the run.")] string id, CancellationToken cancellationToken)
    {
        var runId = Query.RunId(id);
        await records.FlushAsync();
        var branches = await records.Store.GetRunAsync(runId, cancellationToken);
        return branches.Count > 0 ? TypedResults.Ok(RunDto.From(branches)) : throw new UnknownRunException(runId);
    }
}
