namespace Spearmint.Host.Api;

/// <summary>The time that figures are of, in whole minutes.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends, itself not included.</param>
internal sealed record TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How many buckets there may be.</summary>
    public const int MostBuckets = 2000;

    private static readonly TimeSpan Default = TimeSpan.FromDays(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The last 24 hours, unless it is said otherwise.</summary>
    /// <exception cref="BadRequestException">A part makes no sense.</exception>
    public static TimeRange Read(string? from, string? to, TimeProvider clock)
    {
        var (first, last) = (Query.Time("from", from), Query.Time("to", to));
        var end = Up(last ?? clock.GetUtcNow() + Minute);
        var begin = Down(first ?? (end - DateTimeOffset.UnixEpoch > Default ? end - Default : DateTimeOffset.UnixEpoch));
        return begin < end ? new TimeRange(begin, end) : throw new BadRequestException($"from ({begin:u}) must be before to ({end:u}).");
    }

    /// <summary>How long a bucket is; null for one that holds all.</summary>
    /// <exception cref="BadRequestException">There is no such bucket, or there would be too many.</exception>
    public TimeSpan? Bucket(string? text)
    {
        TimeSpan? bucket = string.IsNullOrEmpty(text) ? null : text.ToLowerInvariant() switch
        {
            "none" => null,
            "minute" => Minute,
            "hour" => TimeSpan.FromHours(1),
            "day" => TimeSpan.FromDays(1),
            _ => throw new BadRequestException($"bucket is '{text}' and must be one of: none, minute, hour, day."),
        };
        if (bucket is { } length && (To - From) / length > MostBuckets)
            throw new BadRequestException($"from {From:u} to {To:u} would be {(To - From) / length:0} buckets, and there may be {MostBuckets}: take a longer bucket or less time.");

        return bucket;
    }

    private static DateTimeOffset Down(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % Minute.Ticks));

    // the last minute of all has no end
    private static DateTimeOffset Up(DateTimeOffset time) =>
        time.UtcTicks % Minute.Ticks == 0 || time > DateTimeOffset.MaxValue - Minute ? Down(time) : Down(time) + Minute;
}
