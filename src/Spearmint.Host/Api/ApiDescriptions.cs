namespace Spearmint.Host.Api;

/// <summary>What an endpoint says of itself.</summary>
internal static class ApiDescriptions
{
    /// <summary>The statuses that it may answer with instead, each with problem details.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status);

        return endpoint;
    }
}
