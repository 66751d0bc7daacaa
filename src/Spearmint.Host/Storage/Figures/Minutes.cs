namespace Spearmint.Host.Storage.Figures;

/// <summary>Time in whole minutes since 1970, UTC.</summary>
internal static class Minutes
{
    public static long Of(DateTimeOffset time) => Floor(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMinute);

    /// <summary>The first minute that does not begin before a time.</summary>
    public static long From(DateTimeOffset time) => -Floor(-(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks), TimeSpan.TicksPerMinute);

    /// <summary>Where a minute begins; the latest time for one that is beyond.</summary>
    public static DateTimeOffset ToTime(long minutes) => minutes <= Of(DateTimeOffset.MaxValue)
        ? DateTimeOffset.UnixEpoch.AddTicks(minutes * TimeSpan.TicksPerMinute)
        : DateTimeOffset.MaxValue;

    /// <summary>The greatest multiple of a number of minutes that is not above.</summary>
    public static long StartOf(long minute, long length) => Floor(minute, length) * length;

    private static long Floor(long number, long by) => (number / by) - (number % by < 0 ? 1 : 0);
}
