using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Api.Export;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api;

/// <summary>What ran, branch by branch.</summary>
internal static class BranchesApi
{
    public static void MapBranches(this RouteGroupBuilder api)
    {
        api.MapGet("/branches", ListAsync).WithTags("branches").WithSummary("Branches as asked for, newest first").Problems(400, 503);
        api.MapGet("/branches/export", ExportAsync).WithTags("branches").WithSummary("All branches as asked for, newest first, as a file of JSON lines or CSV")
            .Produces<string>(200, "application/x-ndjson", "text/csv").Problems(400, 503);
        api.MapGet("/branches/{id}", GetAsync).WithTags("branches").WithSummary("One branch, with its input, its error's stack and all of its comparison").Problems(400, 404, 503);
    }

    private static async Task<Ok<PageDto<BranchDto>>> ListAsync(
        HttpRequest request, BranchRecords records, [AsParameters] BranchQuery query, [Description("How many at most, from 1 to 1000; 100 by default.")] string? limit,
        [Description("Where the page before has ended; its member next says it.")] string? before, CancellationToken cancellationToken)
    {
        var (filter, from, most) = (query.Filter(), Query.Before(before), Query.Limit(limit));
        await records.FlushAsync();
        var page = await records.Store.ListBranchesAsync(filter, from, most, cancellationToken);
        return TypedResults.Ok(PageDto.Of(request, page, record => BranchDto.From(record)));
    }

    private static async Task<Ok<BranchDetailDto>> GetAsync(BranchRecords records, [Description("The id of the branch.")] string id, CancellationToken cancellationToken)
    {
        var branchId = Query.BranchId(id);
        await records.FlushAsync();
        var record = await records.Store.GetBranchAsync(branchId, cancellationToken);
        return record is not null ? TypedResults.Ok(BranchDetailDto.From(record)) : throw new UnknownBranchException(branchId);
    }

    private static async Task ExportAsync(
        HttpContext context, BranchRecords records, Exports exports, TimeProvider clock, [AsParameters] BranchQuery query, [Description("jsonl, the default, or csv.")] string? format,
        CancellationToken cancellationToken)
    {
        var (filter, kind) = (query.Filter(), Query.OneOf<ExportFormat>("format", format) ?? ExportFormat.Jsonl);
        using var place = exports.Enter();
        await records.FlushAsync();
        await BranchExport.WriteAsync(context.Response, records.Store, filter, kind, clock.GetUtcNow(), cancellationToken);
    }
}
