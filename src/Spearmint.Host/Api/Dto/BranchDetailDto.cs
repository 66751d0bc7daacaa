using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Sinks;

namespace Spearmint.Host.Api.Dto;

/// <summary>All that is kept of a branch.</summary>
/// <param name="Branch">What the lists have of it, with the stack of its error.</param>
/// <param name="Input">The input of the run, where the experiment records inputs.</param>
/// <param name="Late">How the function ended after its branch; null where it did not.</param>
internal sealed record BranchDetailDto(BranchDto Branch, JsonElement? Input, LateDto? Late)
{
    public static BranchDetailDto From(BranchRecord record) => new(BranchDto.From(record, withStack: true), record.Input, LateDto.From(record.Late));
}

/// <summary>How a function ended after its branch was ended without it.</summary>
/// <param name="Status">Success, failed, or cancelled when it heeded its token.</param>
/// <param name="DurationMs">How long it really took, in milliseconds.</param>
/// <param name="Error">What it threw.</param>
/// <param name="Metrics">What it reported of itself, by name.</param>
internal sealed record LateDto(BranchStatus Status, double DurationMs, ErrorDto? Error, IReadOnlyDictionary<string, double> Metrics)
{
    public static LateDto? From(BranchLate? late) => late is null
        ? null
        : new LateDto(late.Status, Math.Round(late.Duration.TotalMilliseconds, 3), ErrorDto.From(late.Error, withStack: true), late.Metrics);
}
