using System.Diagnostics;
using Spearmint.Domain;
using Spearmint.Host.Storage;

namespace Spearmint.StorageBench.Rates;

/// <summary>Asks for each page many times.</summary>
internal static class Requests
{
    private const int Times = 25;
    private const int PageSize = 100;

    public static async Task MeasureAsync(IBranchStore store, DateTimeOffset begin, DateTimeOffset end, string? only)
    {
        var some = (await store.ListBranchesAsync(BranchFilter.All, null, 1, CancellationToken.None)).Items[0];
        var middle = begin + ((end - begin) / 2);
        (string, BranchFilter)[] filters =
        [
            ("all", BranchFilter.All),
            ("run", new() { RunId = some.RunId }),
            ("experiment", new() { Experiment = "rank" }),
            ("config", new() { ConfigId = "config-1" }),
            ("role", new() { Role = BranchRole.Shadow }),
            ("role, none", new() { Role = BranchRole.Noise }),
            ("status success", new() { Status = BranchStatus.Success }),
            ("status failed", new() { Status = BranchStatus.Failed }),
            ("status skipped, none", new() { Status = BranchStatus.Skipped }),
            ("error type", new() { ErrorType = "System.IO.IOException" }),
            ("error type, rare", new() { ErrorType = BranchMaker.RareError }),
            ("verdict match", new() { Verdict = ComparisonVerdict.Match }),
            ("verdict mismatch", new() { Verdict = ComparisonVerdict.Mismatch }),
            ("verdict error, none", new() { Verdict = ComparisonVerdict.Error }),
            ("time", new() { From = middle, To = middle.AddHours(1) }),
            ("time, none", new() { From = end.AddDays(1) }),
            ("metric", new() { Metrics = [new MetricRange("hits", 90, null)] }),
            ("metric, none", new() { Metrics = [new MetricRange("hits", 1000, null)] }),
            ("experiment + metric, none", new() { Experiment = "rank", Metrics = [new MetricRange("hits", 1000, null)] }),
            ("experiment + role, none", new() { Experiment = "rank", Role = BranchRole.Noise }),
            ("failed + role, none", new() { Status = BranchStatus.Failed, Role = BranchRole.Noise }),
            ("primary failed, mismatch, none", new() { Status = BranchStatus.Failed, Role = BranchRole.Primary, Verdict = ComparisonVerdict.Mismatch }),
        ];
        foreach (var (name, filter) in filters)
        {
            await MeasureAsync(only, $"branches: {name}", () => store.ListBranchesAsync(filter, null, PageSize, CancellationToken.None));
            await MeasureAsync(only, $"runs: {name}", () => store.ListRunsAsync(filter, null, PageSize, CancellationToken.None));
        }

        var day = new StatisticsQuery(end.AddDays(-1), end) { Bucket = TimeSpan.FromMinutes(1) };
        var month = new StatisticsQuery(begin, end) { Bucket = TimeSpan.FromHours(1) };
        var ever = new StatisticsQuery(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        foreach (var (name, query) in new[] { ("24 h by minute", day), ("30 d by hour", month), ("all", ever) })
        {
            await MeasureAsync(only, $"statistics: {name}", () => store.GetConfigBucketsAsync(query, CancellationToken.None));
            await MeasureAsync(only, $"statistics: {name}, one experiment", () => store.GetConfigBucketsAsync(query with { Experiment = "rank" }, CancellationToken.None));
            await MeasureAsync(only, $"mismatches: {name}", () => store.GetPairBucketsAsync(query, CancellationToken.None));
            await MeasureAsync(only, $"failures: {name}", () => store.GetFailuresAsync(query, CancellationToken.None));
        }

        await MeasureAsync(only, "pairs: all, 1000", () => store.GetPairsAsync(ever with { Experiment = "rank" }, "config-0", "config-1", 1000, CancellationToken.None));
        await MeasureAsync(only, "status", () => store.GetStatusAsync(CancellationToken.None));
    }

    private static async Task MeasureAsync<T>(string? only, string name, Func<Task<T>> ask)
    {
        if (only is not null && !name.Contains(only, StringComparison.OrdinalIgnoreCase))
            return;

        await ask();
        var times = new List<double>();
        for (var time = 0; time < Times; time++)
        {
            var before = Stopwatch.GetTimestamp();
            await ask();
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"  {name,-50} p50 {times[Times / 2],7:0.0} ms, max {times[^1],7:0.0} ms");
    }
}
