using System.Text.Json;
using Spearmint.Sinks;
using Spearmint.Support;

namespace Spearmint.Domain;

public sealed class StoredBranchTests
{
    private static readonly Guid Run = Guid.CreateVersion7();
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly (Guid RunId, Guid BranchId) Outer = (Guid.CreateVersion7(), Guid.CreateVersion7());
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));

    private readonly StoredBranch _stored = new()
    {
        RunId = Run,
        BranchId = Id,
        Experiment = "rank",
        Strategy = "shadow",
        Config = Some.Config("a"),
        Role = BranchRole.Shadow,
        StartedAt = Start,
        SettingsVersion = 7,
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        Parent = Outer,
        Context = new Dictionary<string, string> { ["tenant"] = "t1" },
        Input = JsonElement.Parse("[1]"),
    };

    [Fact]
    public void Its_events_say_what_the_store_has()
    {
        var error = new BranchError("System.IO.IOException", "gone", "at Somewhere", Inner: null);
        var comparison = Some.Comparison(ComparisonVerdict.Error) with { RunId = Run, BranchId = Id };
        var record = new BranchRecord(
            _stored.Started(3),
            _stored.Finished(
                4, BranchStatus.TimedOut, TimeSpan.FromSeconds(2), error, metrics: new Dictionary<string, double> { ["tokens"] = 5 }, output: JsonElement.Parse("{}")),
            _stored.Late(5, BranchStatus.Failed, TimeSpan.FromSeconds(3), error),
            _stored.Compared(6, comparison));

        Assert.Equal((Run, Id, "rank", "shadow", "a"), (record.RunId, record.BranchId, record.Experiment, record.Strategy, record.ConfigId));
        Assert.Equal((BranchRole.Shadow, Start, TimeSpan.Zero), (record.Role, record.StartedAt, record.StartedAt.Offset));
        Assert.Equal((7, _stored.TraceId, Outer.RunId, Outer.BranchId), (record.SettingsVersion, record.TraceId, record.ParentRunId, record.ParentBranchId));
        Assert.Equal(("t1", "[1]", "{}"), (record.Context["tenant"], record.Input!.Value.GetRawText(), record.Output!.Value.GetRawText()));
        Assert.Equal((BranchStatus.TimedOut, TimeSpan.FromSeconds(2), error, 5), (record.Status, record.Duration, record.Error, record.Metrics["tokens"]));
        Assert.Equal((BranchStatus.Failed, TimeSpan.FromSeconds(3), error), (record.Late!.Status, record.Late.Duration, record.Late.Error));
        Assert.Same(comparison, record.Comparison);
        Assert.Equal([3, 4, 5, 6], new ExperimentEvent[] { record.Started!, record.Finished!, record.Late, record.Compared! }.Select(happened => happened.Sequence));
    }

    [Fact]
    public void One_that_was_skipped_has_an_end_alone()
    {
        var skipped = _stored.Finished(1, BranchStatus.Skipped, TimeSpan.Zero, skipReason: SkipReasons.Paused);

        Assert.Equal((BranchStatus.Skipped, SkipReasons.Paused), (skipped.Status, skipped.SkipReason));
        Assert.Empty(skipped.Metrics);
        Assert.Null(skipped.Output);
    }

    [Fact]
    public void A_pending_one_has_no_end() =>
        Assert.Throws<ArgumentException>(() => _stored.Finished(1, BranchStatus.Pending, TimeSpan.Zero));

    [Fact]
    public void One_without_a_parent_and_a_trace_has_none()
    {
        var bare = new StoredBranch
        {
            RunId = Run,
            BranchId = Id,
            Experiment = "rank",
            Strategy = "shadow",
            Config = Some.Config("a"),
            Role = BranchRole.Primary,
            StartedAt = Start,
        };

        Assert.Equal((null, null, null), (bare.Started(1).ParentRunId, bare.Started(1).ParentBranchId, bare.Started(1).TraceId));
    }
}
