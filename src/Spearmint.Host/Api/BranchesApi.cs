using Microsoft.AspNetCore.Http.HttpResults;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api;

/// <summary>What ran, branch by branch.</summary>
internal static class BranchesApi
{
    public static void MapBranches(this RouteGroupBuilder api) => api.MapGet("/branches", ListAsync);

    private static async Task<Ok<BranchDto[]>> ListAsync(
        BranchRecords records, string? experiment, string? config, string? status, string? run, string? limit)
    {
        var branches = await records.FindAsync(Query.Run(run), Query.Name(experiment), Query.Name(config), Query.Status(status), Query.Limit(limit));
        return TypedResults.Ok(branches.Select(branch => BranchDto.From(branch)).ToArray());
    }
}
