using Microsoft.Extensions.Diagnostics.HealthChecks;
using Spearmint.Client;

namespace Spearmint.Host.Api;

/// <summary>Healthy while the actors answer.</summary>
internal sealed class SpearmintHealth(SpearmintClient client) : IHealthCheck
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // what is thrown here is what the framework makes "unhealthy" of
        await client.GetSinkStatusAsync().WaitAsync(Bound, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
