namespace Spearmint.Host.Storage.Figures;

/// <summary>The minutes that a query asks for, and the buckets that they fall into.</summary>
internal sealed class MinuteRange
{
    private readonly long? _bucket;

    /// <exception cref="ArgumentException">The bucket is not a whole number of minutes, from 1.</exception>
    public MinuteRange(StatisticsQuery query)
    {
        if (query.Bucket is { } bucket && (bucket < TimeSpan.FromMinutes(1) || bucket.Ticks % TimeSpan.TicksPerMinute != 0))
            throw new ArgumentException($"A bucket is {bucket} and must be a whole number of minutes, from 1.", nameof(query));

        _bucket = query.Bucket is { } length ? length.Ticks / TimeSpan.TicksPerMinute : null;
        First = Minutes.Of(query.From);
        End = Math.Max(First, Minutes.From(query.To));
    }

    /// <summary>The first minute.</summary>
    public long First { get; }

    /// <summary>The minute after the last.</summary>
    public long End { get; }

    /// <summary>Whether figures of whole hours will do where an hour is wholly wanted.</summary>
    public bool TakesHours => _bucket is null || _bucket % 60 == 0;

    public bool Contains(DateTimeOffset time) => Minutes.Of(time) is var minute && minute >= First && minute < End;

    /// <summary>Where the bucket of a time begins.</summary>
    public DateTimeOffset BucketOf(DateTimeOffset time) =>
        Minutes.ToTime(_bucket is { } length ? Minutes.StartOf(Minutes.Of(time), length) : First);
}
