using Microsoft.AspNetCore.Http.HttpResults;
using Spearmint.Client;
using Spearmint.Host.Experiments;
using Spearmint.Host.Storage;
using Spearmint.Protocol;

namespace Spearmint.Host.Api;

/// <summary>How the service itself is doing.</summary>
internal static class StatusApi
{
    public static void MapStatus(this RouteGroupBuilder api)
    {
        api.MapGet("/sinks", SinksAsync).WithTags("status").WithSummary("How the sinks are doing");
        api.MapGet("/storage", StorageAsync).WithTags("status").WithSummary("How the store is doing").Problems(503);
        api.MapGet("/account", AccountAsync).WithTags("status").WithSummary("What has become of everything that was offered since the start");
    }

    private static async Task<Ok<IReadOnlyList<SinkStatus>>> SinksAsync(SpearmintClient client) => TypedResults.Ok(await client.GetSinkStatusAsync());

    private static async Task<Ok<StorageStatus>> StorageAsync(BranchRecords records, CancellationToken cancellationToken) =>
        TypedResults.Ok(await records.Store.GetStatusAsync(cancellationToken));

    private static async Task<Ok<Account>> AccountAsync(SpearmintClient client) => TypedResults.Ok(await client.GetAccountAsync());
}
