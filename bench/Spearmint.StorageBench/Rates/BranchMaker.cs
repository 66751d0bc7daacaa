using System.Text.Json;
using Spearmint.Domain;

namespace Spearmint.StorageBench.Rates;

/// <summary>Makes branches as a service has them: runs of a primary and two shadows, of four experiments.</summary>
internal sealed class BranchMaker(DateTimeOffset begin, TimeSpan pause)
{
    private const int BranchesOfRun = 3;

    private static readonly string[] Experiments = ["checkout", "pricing", "rank", "search"];
    private static readonly JsonElement Output = JsonElement.Parse("""{"price":129.90,"currency":"EUR","items":[17,4,23],"cached":false}""");

    private readonly Config[] _configs = [.. Enumerable.Range(0, BranchesOfRun).Select(number => Config.From(new { formula = "bm25", boost = number }, $"config-{number}"))];
    private readonly Random _random = new(17);
    private long _made;
    private long _sequence;
    private StoredBranch? _primary;

    public static string RareError => "System.OutOfMemoryException";

    public DateTimeOffset Now => begin + (_made * pause);

    /// <summary>A batch of starts and ends, and of comparisons of every other shadow.</summary>
    public List<ExperimentEvent> Batch(int branches)
    {
        var batch = new List<ExperimentEvent>(branches * 2);
        for (var branch = 0; branch < branches; branch++)
            Add(batch);
        return batch;
    }

    private void Add(List<ExperimentEvent> batch)
    {
        var number = _made++;
        var run = number / BranchesOfRun;
        var place = (int)(number % BranchesOfRun);
        var at = begin + (number * pause);
        var branch = new StoredBranch
        {
            BranchId = Id(at, number),
            RunId = place == 0 ? Id(at, run + int.MaxValue) : _primary!.RunId,
            Experiment = Experiments[run % Experiments.Length],
            Strategy = Experiments[run % Experiments.Length],
            Config = _configs[place],
            Role = place == 0 ? BranchRole.Primary : BranchRole.Shadow,
            StartedAt = at,
            SettingsVersion = 1,
            TraceId = "0af7651916cd43dd8448eb211c80319c",
        };
        if (place == 0)
            _primary = branch;
        batch.Add(branch.Started(++_sequence));
        batch.Add(End(branch, number));
        if (place > 0 && number % 2 == 0)
            batch.Add(branch.Compared(++_sequence, Comparison(branch)));
    }

    private BranchFinished End(StoredBranch branch, long number)
    {
        var luck = _random.Next(1000);
        var status = luck < 970 ? BranchStatus.Success : luck < 990 ? BranchStatus.Failed : luck < 996 ? BranchStatus.TimedOut : BranchStatus.Cancelled;
        var type = number is > 1000 and < 1010 ? RareError : luck % 2 == 0 ? "System.IO.IOException" : "System.TimeoutException";
        return branch.Finished(
            ++_sequence, status, TimeSpan.FromMilliseconds(5 + (20 * _random.NextDouble())),
            status == BranchStatus.Success ? null : new BranchError(type, "The other side has gone.", "   at Shop.Pricing.PriceAsync()", null),
            metrics: new Dictionary<string, double> { ["hits"] = _random.Next(100), ["cost"] = _random.NextDouble() },
            output: status == BranchStatus.Success && number % 2 == 0 ? Output : null);
    }

    private Comparison Comparison(StoredBranch branch)
    {
        var isEqual = _random.Next(100) > 0;
        return new Comparison
        {
            RunId = branch.RunId,
            ReferenceBranchId = _primary!.BranchId,
            ReferenceConfigId = _primary.Config.Id,
            ReferenceDuration = TimeSpan.FromMilliseconds(5),
            BranchId = branch.BranchId,
            ConfigId = branch.Config.Id,
            Duration = TimeSpan.FromMilliseconds(6),
            Verdict = isEqual ? ComparisonVerdict.Match : ComparisonVerdict.Mismatch,
            Differences = isEqual ? [] : [new Difference("$.items[3].price", "1", "2")],
            DifferenceCount = isEqual ? 0 : 1,
        };
    }

    private static Guid Id(DateTimeOffset at, long number)
    {
        var milliseconds = at.ToUnixTimeMilliseconds();
        return new Guid(
            (int)(milliseconds >> 16), (short)milliseconds, 0x7abc, 0x80, 1, 2, (byte)(number >> 32), (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8),
            (byte)number);
    }
}
