using Spearmint.Sinks;

namespace Spearmint.Host.Storage.Memory;

/// <summary>Whether a filter holds for a record.</summary>
internal static class RecordFilter
{
    public static bool HoldsFor(this BranchFilter filter, BranchRecord record) =>
        (filter.RunId is null || record.RunId == filter.RunId)
        && (filter.Experiment is null || record.Experiment == filter.Experiment)
        && (filter.ConfigId is null || record.ConfigId == filter.ConfigId)
        && (filter.Role is null || record.Role == filter.Role)
        && (filter.Status is null || record.Status == filter.Status)
        && (filter.ErrorType is null || record.Error?.Type == filter.ErrorType)
        && (filter.Verdict is null || record.Comparison?.Verdict == filter.Verdict)
        && (filter.From is null || record.StartedAt >= filter.From)
        && (filter.To is null || record.StartedAt < filter.To)
        && filter.Metrics.All(range => range.HoldsFor(record.Metrics));

    public static bool HoldsFor(this MetricRange range, IReadOnlyDictionary<string, double> metrics) =>
        metrics.TryGetValue(range.Name, out var value)
        && (range.Min is null || value >= range.Min)
        && (range.Max is null || value <= range.Max);
}
