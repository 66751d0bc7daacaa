using System.Text.Json;
using Spearmint.Domain;

namespace Spearmint.Host.Storage;

/// <summary>A log of branches that went every way they can, the same for the same seed.</summary>
internal sealed class RandomLog
{
    public static readonly DateTimeOffset Begin = new(2026, 3, 1, 11, 17, 3, TimeSpan.Zero);

    public static readonly string[] Experiments = ["pricing", "rank", "über \"it's\""];
    public static readonly string[] Configs = ["current", "candidate", "third"];
    public static readonly string[] ErrorTypes = ["System.IO.IOException", "System.TimeoutException"];

    private readonly Random _random;
    private readonly List<(int Place, Func<long, ExperimentEvent> Make)> _events = [];
    private int _made;

    private RandomLog(int seed) => _random = new Random(seed);

    public static IReadOnlyList<ExperimentEvent> Of(int seed, int runs)
    {
        var log = new RandomLog(seed);
        var at = Begin;
        for (var run = 0; run < runs; run++)
        {
            at = at.AddTicks(log._random.NextInt64(TimeSpan.FromMinutes(2).Ticks));
            log.AddRun(at, run);
        }

        return [.. log._events.OrderBy(made => made.Place).Select((made, index) => made.Make(index + 1))];
    }

    public static StoredBranch Branch(
        int number, DateTimeOffset at, string experiment = "rank", string config = "current", BranchRole role = BranchRole.Primary, Guid? runId = null) => new()
        {
            BranchId = IdOf(at, number),
            RunId = runId ?? IdOf(at, number + 1_000_000),
            Experiment = experiment,
            Strategy = $"{experiment}-strategy",
            Config = Config.From(new { level = config, boost = 1.5 }, config),
            Role = role,
            StartedAt = at,
        };

    private static Guid IdOf(DateTimeOffset at, int number)
    {
        var milliseconds = at.ToUnixTimeMilliseconds();
        return new Guid((int)(milliseconds >> 16), (short)milliseconds, 0x7abc, 0x80, 1, 2, 3, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number);
    }

    private void AddRun(DateTimeOffset at, int run)
    {
        var experiment = Pick(Experiments);
        var runId = IdOf(at, run + 10_000_000);
        var primary = Add(at, experiment, Configs[0], BranchRole.Primary, runId, null);
        foreach (var config in Configs[1..].Where(_ => _random.Next(3) > 0))
            Add(at.AddTicks(_random.Next(10_000)), experiment, config, BranchRole.Shadow, runId, primary);
        if (_random.Next(5) == 0)
            Add(at, experiment, Configs[0], BranchRole.Noise, runId, primary);
    }

    private StoredBranch Add(DateTimeOffset at, string experiment, string config, BranchRole role, Guid runId, StoredBranch? primary)
    {
        var branch = new StoredBranch
        {
            BranchId = IdOf(at, ++_made),
            RunId = runId,
            Experiment = experiment,
            Strategy = $"{experiment}-strategy",
            Config = Config.From(new { level = config, boost = 1.5 }, config),
            Role = role,
            StartedAt = at,
            SettingsVersion = _random.Next(3),
            TraceId = _random.Next(2) == 0 ? null : "0af7651916cd43dd8448eb211c80319c",
            Parent = _random.Next(4) == 0 ? (IdOf(at, 77), IdOf(at, 78)) : null,
            Context = _random.Next(3) == 0 ? new Dictionary<string, string> { ["user"] = "Ann \u0001 \"quoted\"" } : new Dictionary<string, string>(),
            Input = _random.Next(3) == 0 ? JsonElement.Parse("""{"query":"mint","page":2}""") : null,
        };
        var place = _made * 4;
        if (_random.Next(10) == 0)
        {
            _events.Add((place, sequence => branch.Finished(sequence, BranchStatus.Skipped, TimeSpan.Zero, skipReason: Pick(["sample", "limit"]))));
            return branch;
        }

        _events.Add((place, branch.Started));
        if (_random.Next(20) == 0)
            return branch;

        place += _random.Next(60);
        _events.Add((place, End(branch)));
        if (_random.Next(8) == 0)
            _events.Add((place + _random.Next(1, 30), sequence => branch.Late(sequence, BranchStatus.Failed, TimeSpan.FromMilliseconds(44), Error(0), new Dictionary<string, double> { ["late"] = 1 })));
        if (primary is not null && _random.Next(2) == 0)
            _events.Add((place + _random.Next(1, 30), Comparison(branch, primary)));
        return branch;
    }

    private Func<long, ExperimentEvent> End(StoredBranch branch)
    {
        var status = Pick([BranchStatus.Success, BranchStatus.Success, BranchStatus.Success, BranchStatus.Failed, BranchStatus.TimedOut, BranchStatus.Cancelled]);
        var duration = new TimeSpan(_random.NextInt64(TimeSpan.TicksPerSecond));
        var metrics = new Dictionary<string, double>();
        if (_random.Next(2) == 0)
            metrics["hits"] = _random.Next(20);
        if (_random.Next(2) == 0)
            metrics["it's \"odd\" $.x"] = _random.NextDouble();
        var error = status is BranchStatus.Failed or BranchStatus.TimedOut ? Error(_random.Next(2)) : null;
        JsonElement? output = status == BranchStatus.Success && _random.Next(2) == 0 ? JsonElement.Parse("""{"price":12.50,"name":"ünï"}""") : null;
        return sequence => branch.Finished(sequence, status, duration, error, metrics: metrics, output: output);
    }

    private Func<long, ExperimentEvent> Comparison(StoredBranch branch, StoredBranch primary)
    {
        var verdict = Pick([ComparisonVerdict.Match, ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch, ComparisonVerdict.Ignored, ComparisonVerdict.Error]);
        Difference[] differences = verdict == ComparisonVerdict.Mismatch && _random.Next(4) > 0
            ? [new($"$.items[{_random.Next(5)}].price", "1", "2"), new("$.items[7].price", "1", null), new("$.total", null, "\"3\"")]
            : [];
        var comparison = new Comparison
        {
            RunId = branch.RunId,
            ReferenceBranchId = primary.BranchId,
            ReferenceConfigId = primary.Config.Id,
            ReferenceDuration = TimeSpan.FromMilliseconds(5),
            BranchId = branch.BranchId,
            ConfigId = branch.Config.Id,
            Duration = TimeSpan.FromMilliseconds(7),
            IsNoise = branch.Role == BranchRole.Noise,
            Verdict = verdict,
            IgnoredBy = verdict == ComparisonVerdict.Ignored ? "ids are random" : null,
            Error = verdict == ComparisonVerdict.Error ? Error(0) : null,
            Differences = differences,
            DifferenceCount = differences.Length,
        };
        return sequence => branch.Compared(sequence, comparison);
    }

    private static BranchError Error(int type) =>
        new(ErrorTypes[type], $"It broke \0 here {type}.", "at Some.Place()", new BranchError("System.Exception", "Inner.", null, null));

    private T Pick<T>(T[] any) => any[_random.Next(any.Length)];
}
