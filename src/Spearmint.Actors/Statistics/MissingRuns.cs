namespace Spearmint.Statistics;

/// <summary>What is missing to a number of runs.</summary>
internal static class MissingRuns
{
    /// <summary>0 when there are enough, null when there are fewer than it takes to say.</summary>
    public static long? Of(long seen, int least, long required) => seen < least ? null : Math.Max(0, required - seen);
}
