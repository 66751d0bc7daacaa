namespace Spearmint.Latency;

/// <summary>Measures rows in alternating rounds, so that a slow minute of the machine hits all alike, and compares them with the first.</summary>
internal static class Table
{
    public static async Task WriteAsync(string title, IReadOnlyList<Row> rows, LatencyOptions options)
    {
        if (!title.Contains(options.Only, StringComparison.OrdinalIgnoreCase))
            return;

        // the first round only warms up
        for (var round = -1; round < options.Rounds; round++)
        {
            foreach (var row in rows)
            {
                await row.Before();
                var taken = await OpenLoop.RunAsync(row.Call, options.Rate, options.Time);
                await row.After();
                if (round >= 0)
                    row.Latencies.Add(taken);

                // what runs behind the callers' backs is not to meet the next row
                await Task.Delay(1000);
                GC.Collect();
            }
        }

        Console.WriteLine($"{title}, {options.Rate} calls per second, {options.Rounds} rounds of {options.Time.TotalSeconds} s");
        Console.WriteLine();
        Console.WriteLine("| what | p50 ms | p99 ms | p99.9 ms | longest ms | p99 beyond the first row | remark |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|---|");
        foreach (var row in rows)
        {
            var (latencies, first) = (row.Latencies, rows[0].Latencies);
            var beyond = latencies.At(0.99) - first.At(0.99);
            Console.WriteLine($"| {row.Name} | {latencies.At(0.5):0.00} | {latencies.At(0.99):0.00} | {latencies.At(0.999):0.00} | {latencies.At(1):0.00} "
                + $"| {beyond:+0.00;-0.00} ms, {beyond / first.At(0.99):+0 %;-0 %} | {await row.Remark()} |");
        }

        Console.WriteLine();
    }
}
