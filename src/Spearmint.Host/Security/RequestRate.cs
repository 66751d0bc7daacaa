using System.Globalization;
using System.Threading.RateLimiting;
using Spearmint.Host.Api;

namespace Spearmint.Host.Security;

/// <summary>How many requests a client may make.</summary>
internal static class RequestRate
{
    private const string RetryAfterSeconds = "1";

    /// <summary>A bucket of requests for each key, and one for each address that has sent none. What is passed on has no limit.</summary>
    public static void LimitRate(this IServiceCollection services, SecurityOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Front.IsFor(context)
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(ClientOf(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RequestsPerSecond,
                TokensPerPeriod = options.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
        limiter.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            return new ValueTask(Problems.WriteAsync(
                rejected.HttpContext, 429, "Too many requests",
                string.Create(CultureInfo.InvariantCulture, $"Spearmint:RequestsPerSecond lets a client make {options.RequestsPerSecond} requests each second. Try again in {RetryAfterSeconds} s.")));
        };
    });

    // a space is in no address
    private static string ClientOf(HttpContext context) => context.User.Identity is { IsAuthenticated: true }
        ? "key " + Identity.NameOf(context.User)
        : FailedKeys.AddressOf(context);
}
