using System.Diagnostics;

namespace Spearmint.Bench;

/// <summary>Time, processor time (of all threads) and bytes of one operation, measured with a number of callers that each wait for one operation before the next.</summary>
internal readonly record struct Measurement(double Microseconds, double CpuMicroseconds, double Bytes)
{
    public static async Task<Measurement> TakeAsync(Func<Task> operation, int callers, TimeSpan time)
    {
        var operations = 0L;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
        var elapsed = watch.Elapsed;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new Measurement(elapsed.TotalMicroseconds / operations, cpu.TotalMicroseconds / operations, (double)allocated / operations);

        async Task CallAsync()
        {
            var done = 0L;
            while (watch.Elapsed < time)
            {
                for (var i = 0; i < 32; i++)
                    await operation();
                done += 32;
            }

            Interlocked.Add(ref operations, done);
        }
    }

    public static Measurement Median(IReadOnlyCollection<Measurement> all) => new(
        all.Select(one => one.Microseconds).Order().ElementAt(all.Count / 2),
        all.Select(one => one.CpuMicroseconds).Order().ElementAt(all.Count / 2),
        all.Select(one => one.Bytes).Order().ElementAt(all.Count / 2));
}
