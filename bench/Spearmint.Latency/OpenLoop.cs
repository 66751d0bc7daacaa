using System.Diagnostics;

namespace Spearmint.Latency;

/// <summary>
/// Calls at a fixed rate by the clock, whether or not earlier calls have come back, and measures each from the moment it was due: a pause
/// anywhere counts for every call that fell into it.
/// </summary>
internal static class OpenLoop
{
    public static async Task<IReadOnlyList<double>> RunAsync(Func<Task> call, int perSecond, TimeSpan time)
    {
        var calls = new Task<double>[(int)(perSecond * time.TotalSeconds)];
        var generator = new TaskCompletionSource();
        new Thread(Generate) { IsBackground = true, Name = "open loop" }.Start();
        await generator.Task;
        return await Task.WhenAll(calls);

        void Generate()
        {
            var start = Stopwatch.GetTimestamp();
            for (var number = 0; number < calls.Length; number++)
            {
                var due = start + (number * Stopwatch.Frequency / perSecond);
                while (Stopwatch.GetTimestamp() < due)
                    Thread.Sleep(1);
                calls[number] = MeasureAsync(call, due);
            }

            generator.SetResult();
        }
    }

    private static async Task<double> MeasureAsync(Func<Task> call, long due)
    {
        await call();
        return Stopwatch.GetElapsedTime(due).TotalMilliseconds;
    }
}
