using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Spearmint.Host.Security;

/// <summary>Knows keys, and how many wrong ones an address may still send.</summary>
internal sealed class FailedKeys(SecurityOptions options, KeyRing keys, TimeProvider clock) : IDisposable
{
    private const int NetworkBytes = 8;

    // a pair takes some 200 bytes
    private const int MostPairs = 10_000;

    private static readonly TimeSpan Once = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Address, string Key), DateTimeOffset> _wrong = [];
    private readonly HashSet<(string Address, string Key)> _right = [];

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

    /// <summary>
    /// Looks for a key. After too many wrong ones only a key is looked for that has been right from this address before: nobody can shut out those who
    /// are known there.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="presented">What it has sent.</param>
    /// <returns>The key, or null; and whether none was looked for.</returns>
    public (AccessKey? Key, bool IsRefused) Find(HttpContext context, string presented)
    {
        var (key, address) = (keys.Find(presented), AddressOf(context));
        if (AreTooMany(context) && !(key is not null && WasRight(address, key)))
            return (null, true);

        if (key is not null)
            Remember(address, key);
        else if (IsNew(address, presented))
            _left.AttemptAcquire(context).Dispose();
        return (key, false);
    }

    public void Dispose() => _left.Dispose();

    private bool AreTooMany(HttpContext context)
    {
        using var lease = _left.AttemptAcquire(context, permitCount: 0);
        return !lease.IsAcquired;
    }

    private bool WasRight(string address, AccessKey key)
    {
        lock (_gate)
            return _right.Contains((address, key.Fingerprint));
    }

    private void Remember(string address, AccessKey key)
    {
        lock (_gate)
        {
            if (_right.Count < MostPairs)
                _right.Add((address, key.Fingerprint));
        }
    }

    // the same wrong key again is no new guess: a script may go on with one that was changed
    private bool IsNew(string address, string presented)
    {
        var pair = (address, Convert.ToHexString(AccessKey.HashOf(presented)));
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_wrong.TryGetValue(pair, out var counted) && now - counted < Once)
                return false;

            if (_wrong.Count >= MostPairs)
            {
                foreach (var (old, _) in _wrong.Where(wrong => now - wrong.Value >= Once).ToList())
                    _wrong.Remove(old);
            }

            // without room every one counts
            if (_wrong.Count < MostPairs || _wrong.ContainsKey(pair))
                _wrong[pair] = now;
            return true;
        }
    }
}
