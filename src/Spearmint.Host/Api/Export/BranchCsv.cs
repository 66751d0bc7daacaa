using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Spearmint.Host.Api.Dto;

namespace Spearmint.Host.Api.Export;

/// <summary>Branches as comma-separated values, with nothing in them that a spreadsheet would take for a formula.</summary>
internal sealed class BranchCsv(TextWriter text) : IAsyncDisposable
{
    // what a formula begins with (OWASP, "CSV Injection")
    private const string Dangerous = "=+-@\t\r\n";

    private static readonly string[] Names =
    [
        "runId", "branchId", "experiment", "strategy", "configId", "role", "status", "startedAt", "durationMs", "errorType", "errorMessage", "skipReason",
        "verdict", "differenceCount", "settingsVersion", "traceId", "parentRunId", "parentBranchId", "config", "metrics", "context", "output",
    ];

    private readonly CsvWriter _csv = new(text, CultureInfo.InvariantCulture, leaveOpen: true);

    /// <summary>A text that a spreadsheet takes for a text: one that could be a formula, and is no number, has an apostrophe before it.</summary>
    public static string? Defused(string? value) =>
        value is [var first, ..] && Dangerous.Contains(first) && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? "'" + value
            : value;

    public void WriteNames()
    {
        foreach (var name in Names)
            _csv.WriteField(name);
        _csv.NextRecord();
    }

    public async Task WriteAsync(BranchDto branch)
    {
        foreach (var value in Values(branch))
            _csv.WriteField(Defused(value));
        await _csv.NextRecordAsync();
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private static IEnumerable<string?> Values(BranchDto branch) =>
    [
        branch.RunId.ToString(), branch.BranchId.ToString(), branch.Experiment, branch.Strategy, branch.ConfigId, Name(branch.Role), Name(branch.Status),
        branch.StartedAt.ToString("O", CultureInfo.InvariantCulture), Text(branch.DurationMs), branch.Error?.Type, branch.Error?.Message, branch.SkipReason,
        branch.Comparison is { } comparison ? Name(comparison.Verdict) : null, Text(branch.Comparison?.DifferenceCount), Text(branch.SettingsVersion), branch.TraceId,
        branch.ParentRunId?.ToString(), branch.ParentBranchId?.ToString(), branch.Config.GetRawText(), JsonSerializer.Serialize(branch.Metrics, ApiJson.Options),
        JsonSerializer.Serialize(branch.Context, ApiJson.Options), branch.Output is { ValueKind: JsonValueKind.String } output ? output.GetString() : branch.Output?.GetRawText(),
    ];

    private static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
