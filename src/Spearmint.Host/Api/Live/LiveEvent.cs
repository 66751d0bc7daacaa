using System.Text.Json.Serialization;
using Spearmint.Domain;

namespace Spearmint.Host.Api.Live;

/// <summary>What a live feed says of one event.</summary>
/// <param name="Type">What the event is called in the stream.</param>
internal sealed record LiveEvent([property: JsonIgnore] string Type)
{
    public Guid? RunId { get; init; }

    public Guid? BranchId { get; init; }

    public string? Experiment { get; init; }

    public string? ConfigId { get; init; }

    public BranchRole? Role { get; init; }

    public BranchStatus? Status { get; init; }

    public DateTime? StartedAt { get; init; }

    public double? DurationMs { get; init; }

    public string? ErrorType { get; init; }

    public string? SkipReason { get; init; }

    public ComparisonVerdict? Verdict { get; init; }

    public int? DifferenceCount { get; init; }

    /// <summary>How many events are missing here, in a gap alone; null where that is not known.</summary>
    public long? Missed { get; init; }

    /// <summary>An event of the log, without outputs, so that many take little memory; null for what no feed tells.</summary>
    public static LiveEvent? From(ExperimentEvent happened) => happened switch
    {
        BranchStarted started => Of("started", started),
        BranchFinished finished => Of("finished", finished) with
        {
            Status = finished.Status,
            DurationMs = Milliseconds(finished.Duration),
            ErrorType = finished.Error?.Type,
            SkipReason = finished.SkipReason,
        },
        BranchCompared compared => Of("compared", compared) with
        {
            Verdict = compared.Comparison.Verdict,
            DifferenceCount = compared.Comparison.DifferenceCount,
        },
        BranchLate late => Of("late", late) with { Status = late.Status, DurationMs = Milliseconds(late.Duration), ErrorType = late.Error?.Type },
        EventsDropped dropped => Gap(dropped.Count),
        _ => null,
    };

    public static LiveEvent Gap(long? missed) => new("gap") { Missed = missed };

    private static LiveEvent Of(string type, BranchEvent happened) => new(type)
    {
        RunId = happened.RunId,
        BranchId = happened.BranchId,
        Experiment = happened.Experiment,
        ConfigId = happened.ConfigId,
        Role = happened.Role,
        StartedAt = happened.StartedAt.UtcDateTime,
    };

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);
}
