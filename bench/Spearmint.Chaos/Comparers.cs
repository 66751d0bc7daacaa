using Spearmint.Comparing;

namespace Spearmint.Chaos;

/// <summary>A comparer that does most of the time what it should: else it throws, blocks its thread, takes its time or goes on until it is told to stop.</summary>
internal static class Comparers
{
    public static ComparisonRules Rules { get; } = ComparisonRules.For<Job, object?>()
        .CompareWith(CompareAsync)
        .Ignore("every seventh", (job, _, _) => job.Number % 7 == 0);

    private static async Task<bool> CompareAsync(object? reference, object? compared, CancellationToken cancellationToken)
    {
        var number = (reference as Reply ?? compared as Reply)?.Number ?? 0;
        switch (number % 64)
        {
            case 1:
                throw new ChaosException(number, "compared");
            case 2:
                using (var never = new ManualResetEventSlim())
                    never.Wait(20, CancellationToken.None);
                break;
            case 3:
                await Task.Delay(5, cancellationToken);
                break;
            case 4:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
        }

        return number % 3 != 0;
    }
}
