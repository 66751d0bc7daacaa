using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Spearmint.Host.Security;

/// <summary>How many wrong keys an address may still send.</summary>
internal sealed class FailedKeys(SecurityOptions options) : IDisposable
{
    private const int NetworkBytes = 8;

    private readonly PartitionedRateLimiter<HttpContext> _left = PartitionedRateLimiter.Create<HttpContext, string>(
        context => RateLimitPartition.GetTokenBucketLimiter(AddressOf(context), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.FailedKeysPerMinute,
            TokensPerPeriod = options.FailedKeysPerMinute,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            AutoReplenishment = true,
        }));

    /// <summary>Who a client is without a key: its address, or its network where it has addresses by the billion (IPv6, /64).</summary>
    public static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "local";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }

    /// <summary>Whether the client has sent so many wrong keys that none of its keys is looked at for now.</summary>
    public bool AreTooMany(HttpContext context)
    {
        using var lease = _left.AttemptAcquire(context, permitCount: 0);
        return !lease.IsAcquired;
    }

    /// <summary>Counts a wrong key.</summary>
    public void Add(HttpContext context) => _left.AttemptAcquire(context).Dispose();

    public void Dispose() => _left.Dispose();
}
