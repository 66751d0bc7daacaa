namespace Spearmint.Host.Storage.Figures;

/// <summary>The minutes that a query asks for, and the buckets that they fall into.</summary>
internal sealed class MinuteRange
{
    private const int Hour = 60;

    private readonly long? _bucket;

    private readonly long _minutesFrom;

    /// <param name="query">What is asked for.</param>
    /// <param name="minutesFrom">
    /// From which minute on there are figures by minute: the first of an hour. What is asked for before it is taken by whole hours.
    /// </param>
    /// <exception cref="ArgumentException">The bucket is not a whole number of minutes, from 1.</exception>
    public MinuteRange(StatisticsQuery query, long minutesFrom = long.MinValue)
    {
        if (query.Bucket is { } bucket && (bucket < TimeSpan.FromMinutes(1) || bucket.Ticks % TimeSpan.TicksPerMinute != 0))
            throw new ArgumentException($"A bucket is {bucket} and must be a whole number of minutes, from 1.", nameof(query));

        _bucket = query.Bucket is { } length ? length.Ticks / TimeSpan.TicksPerMinute : null;
        _minutesFrom = minutesFrom;
        First = Minutes.Of(query.From);
        End = Math.Max(First, Minutes.From(query.To));
        if (First < End && First < minutesFrom)
            First = Minutes.StartOf(First, Hour);
        if (First < End && End < minutesFrom)
            End = Minutes.StartOf(End + Hour - 1, Hour);
    }

    /// <summary>The first minute.</summary>
    public long First { get; }

    /// <summary>The minute after the last.</summary>
    public long End { get; }

    /// <summary>The stretches that it is made of: each of figures of one length, as few as there can be.</summary>
    /// <param name="spans">The lengths that there are figures of, in minutes, the longest first; the last is 1.</param>
    public IReadOnlyList<(int Span, long From, long To)> Stretches(IEnumerable<int> spans)
    {
        var stretches = new List<(int, long, long)>();
        var fitting = spans.Where(span => _bucket is null || _bucket % span == 0).ToArray();
        var middle = Math.Clamp(_minutesFrom, First, End);
        Add(First, middle, [.. spans.Where(span => span == Hour || (span > Hour && fitting.Contains(span)))]);
        Add(middle, End, fitting);
        return stretches;

        void Add(long from, long to, ReadOnlySpan<int> left)
        {
            if (from >= to)
                return;

            var (first, end) = (Minutes.StartOf(from + left[0] - 1, left[0]), Minutes.StartOf(to, left[0]));
            if (first < end)
            {
                Add(from, first, left[1..]);
                stretches.Add((left[0], first, end));
                Add(end, to, left[1..]);
            }
            else
            {
                Add(from, to, left[1..]);
            }
        }
    }

    public bool Contains(DateTimeOffset time) => Minutes.Of(time) is var minute && minute >= First && minute < End;

    /// <summary>Where the bucket of a time begins.</summary>
    public DateTimeOffset BucketOf(DateTimeOffset time) =>
        Minutes.ToTime(_bucket is { } length ? Minutes.StartOf(Minutes.Of(time), length) : First);
}
