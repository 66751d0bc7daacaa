namespace Spearmint.Statistics;

/// <summary>
/// Counts times in buckets whose bounds grow by a constant factor, so that every quantile is known to within 1 % of itself: C. Masson, J. E. Rim
/// and H. K. Lee, "DDSketch: A Fast and Fully-Mergeable Quantile Sketch with Relative-Error Guarantees", PVLDB 12 (2019).
/// </summary>
/// <remarks>
/// A <see cref="TimeSpan"/> has less than 2^63 ticks, so that there are at most 4400 buckets and none has to be merged with another; only those near
/// to what was seen take memory, half a kilobyte for each factor of 1.9. For one thread at a time.
/// </remarks>
public sealed class LatencyHistogram
{
    // half of the 1 %, since rounding to whole ticks of 100 ns takes up to the other half of it: for all that is below 100 ticks it gives back the
    // very number, for all above half a tick is at most half a percent
    private const double Accuracy = 0.005;
    private const double Growth = (1 + Accuracy) / (1 - Accuracy);
    private const int PageSize = 64;

    // the first number of what is written
    private const ulong Format = 1;

    private static readonly double BucketsPerE = 1 / Math.Log(Growth);
    private static readonly int Pages = (BucketOf(long.MaxValue) / PageSize) + 1;

    private readonly long[]?[] _pages = new long[Pages][];
    private long _zeros;
    private long _min = long.MaxValue;
    private long _max;

    /// <summary>How many times it has counted.</summary>
    public long Count { get; private set; }

    /// <summary>The longest; zero where there is none.</summary>
    public TimeSpan Max => new(_max);

    /// <summary>Counts a time; what is below zero counts as zero.</summary>
    /// <param name="time">The time.</param>
    public void Add(TimeSpan time)
    {
        var ticks = Math.Max(0, time.Ticks);
        Count++;
        _min = Math.Min(_min, ticks);
        _max = Math.Max(_max, ticks);
        if (ticks == 0)
        {
            _zeros++;
            return;
        }

        var (page, place) = Math.DivRem(BucketOf(ticks), PageSize);
        (_pages[page] ??= new long[PageSize])[place]++;
    }

    /// <summary>Counts all that another has counted.</summary>
    /// <param name="other">The other, which does not change.</param>
    public void Merge(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Count += other.Count;
        _zeros += other._zeros;
        _min = Math.Min(_min, other._min);
        _max = Math.Max(_max, other._max);
        for (var page = 0; page < Pages; page++)
        {
            for (var place = 0; place < other._pages[page]?.Length; place++)
                (_pages[page] ??= new long[PageSize])[place] += other._pages[page]![place];
        }
    }

    /// <summary>Counts all that <see cref="ToBytes"/> has written.</summary>
    /// <param name="written">The bytes.</param>
    /// <exception cref="FormatException">They are no histogram; what was counted so far may be counted in part.</exception>
    public void Merge(ReadOnlySpan<byte> written)
    {
        var reader = new NumberReader(written);
        if (reader.Next() != Format)
            throw new FormatException("This is no histogram, or one that a later version has written.");

        _min = Math.Min(_min, (long)reader.Next());
        _max = Math.Max(_max, (long)reader.Next());
        var zeros = (long)reader.Next();
        _zeros += zeros;
        Count += zeros;
        for (var bucket = 0L; !reader.IsAtEnd;)
        {
            bucket += (long)reader.Next();
            if (bucket < 0 || bucket >= Pages * PageSize)
                throw new FormatException($"A histogram has no bucket {bucket}.");

            var count = (long)reader.Next();
            Count += count;
            (_pages[bucket / PageSize] ??= new long[PageSize])[bucket % PageSize] += count;
        }
    }

    /// <summary>All that it has counted, for a store: a few bytes for each bucket that is not empty.</summary>
    public byte[] ToBytes()
    {
        var writer = new NumberWriter();
        writer.Add(Format);
        writer.Add((ulong)_min);
        writer.Add((ulong)_max);
        writer.Add((ulong)_zeros);
        var last = 0;
        for (var bucket = 0; bucket < Pages * PageSize; bucket++)
        {
            if (_pages[bucket / PageSize] is not { } page)
            {
                bucket += PageSize - 1;
            }
            else if (page[bucket % PageSize] is > 0 and var count)
            {
                writer.Add((ulong)(bucket - last));
                writer.Add((ulong)count);
                last = bucket;
            }
        }

        return writer.ToArray();
    }

    /// <summary>The least time that a share of all times is not above; zero where there are none. (Type 1 of Hyndman and Fan, 1996.)</summary>
    /// <param name="share">From 0 to 1.</param>
    public TimeSpan Quantile(double share) => ValueAt(Ranks.Of(share, Count));

    /// <summary>The time that has a place among all times in order; zero where there are none.</summary>
    /// <param name="rank">From 1.</param>
    public TimeSpan ValueAt(long rank)
    {
        var left = rank - _zeros;
        if (left <= 0 || Count == 0)
            return TimeSpan.Zero;

        for (var page = 0; page < Pages; page++)
        {
            for (var place = 0; place < _pages[page]?.Length; place++)
            {
                left -= _pages[page]![place];
                if (left <= 0)
                    return new TimeSpan(Math.Clamp(MiddleOf((page * PageSize) + place), _min, _max));
            }
        }

        return Max;
    }

    private static int BucketOf(long ticks) => (int)Math.Ceiling(Math.Log(ticks) * BucketsPerE);

    // as far from the lower bound as from the upper one, relatively
    private static long MiddleOf(int bucket) => (long)Math.Round(2 * Math.Pow(Growth, bucket) / (Growth + 1));
}
