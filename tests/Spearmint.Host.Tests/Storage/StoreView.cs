using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Sinks;
using Spearmint.Statistics;

namespace Spearmint.Host.Storage;

/// <summary>What a store gives back, as texts that can be compared.</summary>
internal static class StoreView
{
    public static string Text(BranchRecord record) => Text(record, isListed: false);

    /// <summary>What a list gives, in which there is no input.</summary>
    public static string ListedText(BranchRecord record) => Text(record, isListed: true);

    private static string Text(BranchRecord record, bool isListed) => JsonSerializer.Serialize(new
    {
        Started = record.Started is { } started ? Common(started, isListed) : null,
        Finished = record.Finished is { } finished
            ? new
            {
                Common = Common(finished, isListed),
                finished.Status,
                finished.Duration,
                finished.Error,
                finished.SkipReason,
                Metrics = finished.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal),
                finished.Output,
            }
            : null,
        Late = record.Late is { } late ? new { late.Sequence, late.Status, late.Duration, late.Error, late.Metrics } : null,
        Compared = record.Compared is { } compared ? new { compared.Sequence, compared.Comparison } : null,
    });

    public static async Task<List<string>> AllBranchesAsync(this IBranchStore store, BranchFilter filter, int pageSize)
    {
        var found = new List<string>();
        Guid? before = null;
        do
        {
            var page = await store.ListBranchesAsync(filter, before, pageSize, CancellationToken.None);
            Assert.InRange(page.Items.Count, 0, pageSize);
            found.AddRange(page.Items.Select(ListedText));
            before = page.Next;
        }
        while (before is not null);
        return found;
    }

    public static async Task<List<string>> AllRunsAsync(this IBranchStore store, BranchFilter filter, int pageSize)
    {
        var found = new List<string>();
        Guid? before = null;
        do
        {
            var page = await store.ListRunsAsync(filter, before, pageSize, CancellationToken.None);
            found.AddRange(page.Items.Select(run => run.ToString()));
            before = page.Next;
        }
        while (before is not null);
        return found;
    }

    public static string Text(ConfigBucket bucket) => string.Join(
        ' ', bucket.Experiment, bucket.ConfigId, bucket.Start.ToString("O"), bucket.Success, bucket.Failed, bucket.TimedOut, bucket.Cancelled, bucket.Skipped,
        Convert.ToHexString(bucket.Latency.ToBytes()),
        string.Join(' ', bucket.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => $"{metric.Key}={metric.Value.Count} {metric.Value.Min} {metric.Value.Max}")));

    public static string Text(PairBucket bucket) => string.Join(
        ' ', bucket.Experiment, bucket.ReferenceConfigId, bucket.ConfigId, bucket.Start.ToString("O"), bucket.Match, bucket.Mismatch, bucket.Ignored, bucket.Error,
        string.Join(' ', bucket.Paths.OrderBy(path => path.Key, StringComparer.Ordinal)));

    public static string Text(PairedBranches pair) => $"{pair.RunId} {Text(pair.One)} {Text(pair.Other)}";

    private static string Text(BranchInShort branch) =>
        $"{branch.Status} {branch.Duration} {string.Join(' ', branch.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))}";

    /// <summary>The same, but for what adding in another order does to the last digits.</summary>
    public static void AssertSame(IReadOnlyList<ConfigBucket> expected, IReadOnlyList<ConfigBucket> actual)
    {
        Assert.Equal(expected.Select(Text), actual.Select(Text));
        foreach (var (one, other) in expected.Zip(actual))
        {
            AssertSame(one.DurationMs, other.DurationMs);
            foreach (var (name, moments) in one.Metrics)
                AssertSame(moments, other.Metrics[name]);
        }
    }

    private static void AssertSame(Moments expected, Moments actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Mean, actual.Mean, Math.Abs(expected.Mean) * 1e-9);
        Assert.Equal(expected.SquaredDeviations, actual.SquaredDeviations, (expected.SquaredDeviations * 1e-9) + 1e-9);
    }

    private static object Common(BranchEvent happened, bool isListed) => new
    {
        happened.Sequence,
        happened.RunId,
        happened.BranchId,
        happened.Experiment,
        happened.Strategy,
        happened.ConfigId,
        ConfigValues = happened.ConfigValues.GetRawText(),
        happened.Role,
        happened.StartedAt,
        happened.SettingsVersion,
        happened.TraceId,
        happened.ParentRunId,
        happened.ParentBranchId,
        Context = happened.Context.OrderBy(entry => entry.Key, StringComparer.Ordinal),
        Input = isListed ? null : happened.Input?.GetRawText(),
    };
}
