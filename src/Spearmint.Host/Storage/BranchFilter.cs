using Spearmint.Domain;

namespace Spearmint.Host.Storage;

/// <summary>Which branches are wanted: those that all of it holds for. What is null holds for any.</summary>
internal sealed record BranchFilter
{
    public static BranchFilter All { get; } = new();

    public Guid? RunId { get; init; }

    public string? Experiment { get; init; }

    public string? ConfigId { get; init; }

    public BranchRole? Role { get; init; }

    public BranchStatus? Status { get; init; }

    /// <summary>The full name of the type of the exception.</summary>
    public string? ErrorType { get; init; }

    public ComparisonVerdict? Verdict { get; init; }

    /// <summary>The earliest start, itself included.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest start, itself not included.</summary>
    public DateTimeOffset? To { get; init; }

    public IReadOnlyList<MetricRange> Metrics { get; init; } = [];
}

/// <summary>What a metric is to be; a branch that has not reported it is none of them.</summary>
/// <param name="Name">The name of the metric.</param>
/// <param name="Min">The least, itself included; null for any.</param>
/// <param name="Max">The most, itself included; null for any.</param>
internal sealed record MetricRange(string Name, double? Min, double? Max);
