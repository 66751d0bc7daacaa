namespace Spearmint.Statistics;

/// <summary>
/// What all pairs of one experiment may keep together, and all of its noise: some megabytes, were all outputs large and all places different.
/// </summary>
internal sealed class Room
{
    public Allowance Paths { get; } = new(10_000);

    public Allowance Differences { get; } = new(2000);

    public Allowance Comparisons { get; } = new(200);
}
