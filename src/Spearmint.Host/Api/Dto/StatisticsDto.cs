using Spearmint.Host.Storage;
using Spearmint.Statistics;

namespace Spearmint.Host.Api.Dto;

/// <summary>What is counted of an experiment, noise left out.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="From">Where the time begins, UTC.</param>
/// <param name="To">Where it ends, itself not included.</param>
/// <param name="Bucket">How long a bucket is: <c>none</c> (one that holds all), <c>minute</c>, <c>hour</c> or <c>day</c>.</param>
/// <param name="Figures">One for each config and bucket with a branch, by config and time.</param>
internal sealed record StatisticsDto(string Experiment, DateTime From, DateTime To, string Bucket, IReadOnlyList<ConfigFiguresDto> Figures);

/// <summary>What is counted of one config in one stretch of time. Branches count where they started.</summary>
/// <param name="ConfigId">The id of the config.</param>
/// <param name="Start">Where the stretch begins, UTC.</param>
/// <param name="Count">How many branches have ended or were skipped.</param>
/// <param name="Success">How many succeeded.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="TimedOut">How many timed out.</param>
/// <param name="Cancelled">How many were cancelled.</param>
/// <param name="Skipped">How many were skipped.</param>
/// <param name="ErrorRate">Those that failed or timed out, of these and those that succeeded.</param>
/// <param name="LatencyMs">How long those took, in milliseconds; null where there are none.</param>
/// <param name="Metrics">What the functions reported, by name.</param>
internal sealed record ConfigFiguresDto(
    string ConfigId, DateTime Start, long Count, long Success, long Failed, long TimedOut, long Cancelled, long Skipped, RateDto ErrorRate, LatencyDto? LatencyMs,
    IReadOnlyDictionary<string, MeanDto> Metrics)
{
    public static ConfigFiguresDto From(ConfigBucket bucket) => new(
        bucket.ConfigId, bucket.Start.UtcDateTime, bucket.Count, bucket.Success, bucket.Failed, bucket.TimedOut, bucket.Cancelled, bucket.Skipped,
        RateDto.From(ErrorsOf(bucket)), LatencyDto.From(bucket), bucket.Metrics.ToDictionary(metric => metric.Key, metric => MeanDto.From(metric.Value)));

    public static Proportion ErrorsOf(ConfigBucket bucket) => new(bucket.Failed + bucket.TimedOut, bucket.Success + bucket.Failed + bucket.TimedOut);
}

/// <summary>A share, and where the true one lies with a confidence of 95 % (Wilson's score interval).</summary>
/// <param name="Rate">The share, from 0 to 1; 0 where there is nothing to divide by.</param>
/// <param name="Count">How often it happened.</param>
/// <param name="Of">How often it could have.</param>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
internal sealed record RateDto(double Rate, long Count, long Of, double Low, double High)
{
    public static RateDto From(Proportion share) => new(share.Rate, share.Count, share.Of, share.Interval.Low, share.Interval.High);
}

/// <summary>Times in milliseconds; quantiles are within 1 % of themselves.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">That of the mean.</param>
/// <param name="P5">5 % are not above.</param>
/// <param name="P25">25 % are not above.</param>
/// <param name="P50">The median.</param>
/// <param name="P75">75 % are not above.</param>
/// <param name="P90">90 % are not above.</param>
/// <param name="P95">95 % are not above.</param>
/// <param name="P99">99 % are not above.</param>
/// <param name="Max">The longest.</param>
internal sealed record LatencyDto(
    double Mean, double StandardError, double P5, double P25, double P50, double P75, double P90, double P95, double P99, double Max)
{
    public static LatencyDto? From(ConfigBucket bucket)
    {
        var latency = bucket.Latency;
        return latency.Count == 0
            ? null
            : new LatencyDto(
                bucket.DurationMs.Mean, bucket.DurationMs.StandardError, At(0.05), At(0.25), At(0.5), At(0.75), At(0.9), At(0.95), At(0.99),
                latency.Max.TotalMilliseconds);

        double At(double share) => latency.Quantile(share).TotalMilliseconds;
    }
}

/// <summary>Values in short.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardError">That of the mean; 0 for one value.</param>
/// <param name="Min">The lowest.</param>
/// <param name="Max">The highest.</param>
internal sealed record MeanDto(long Count, double Mean, double StandardError, double Min, double Max)
{
    public static MeanDto From(Moments values) => new(values.Count, values.Mean, values.StandardError, values.Min, values.Max);
}
