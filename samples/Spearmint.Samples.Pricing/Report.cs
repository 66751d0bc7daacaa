using System.Globalization;
using Spearmint.Statistics;

namespace Spearmint.Samples.Pricing;

/// <summary>Says what was found.</summary>
internal static class Report
{
    /// <summary>The differences between two configs, and whether they are real.</summary>
    /// <returns>The places of the real ones.</returns>
    public static IReadOnlyList<string> Print(PairStatistics pair, TextWriter output)
    {
        output.WriteLine($"{pair.Compared} orders were priced by both:");
        output.WriteLine();
        output.WriteLine("place         differs   by chance   real");
        foreach (var path in pair.Paths)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{path.Path,-12} {path.Mismatches.Rate,8:P1} {path.Noise.Rate,11:P1}   {(path.IsReal ? "yes" : "no")}"));
        }

        output.WriteLine();
        var real = pair.Paths.Where(path => path.IsReal).ToList();
        foreach (var sample in real.SelectMany(path => path.First.Take(2)))
            output.WriteLine($"  run {sample.RunId}: {sample.Difference}");

        var slower = pair.Latency;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The rewritten function takes {slower.Median.TotalMicroseconds:0.0} us longer in the middle ({slower.MedianInterval?.Low.TotalMicroseconds:0.0} to {slower.MedianInterval?.High.TotalMicroseconds:0.0})."));
        return [.. real.Select(path => path.Path)];
    }
}
