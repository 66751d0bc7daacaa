namespace Spearmint.Host.Storage;

/// <summary>Which figures are wanted.</summary>
/// <param name="From">The earliest minute; what has started in it counts.</param>
/// <param name="To">The latest, itself not included.</param>
internal sealed record StatisticsQuery(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>One experiment; null for all.</summary>
    public string? Experiment { get; init; }

    /// <summary>One config; null for all.</summary>
    public string? ConfigId { get; init; }

    /// <summary>How long a bucket is, in whole minutes; null for one bucket that holds all. A bucket begins at a multiple of it since 1970.</summary>
    public TimeSpan? Bucket { get; init; }
}
