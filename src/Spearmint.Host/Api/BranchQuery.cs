using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Spearmint.Domain;
using Spearmint.Host.Storage;

namespace Spearmint.Host.Api;

/// <summary>Which branches a request asks for.</summary>
internal sealed class BranchQuery
{
    [FromQuery(Name = "run"), Description("The id of the run.")]
    public string? Run { get; init; }

    [FromQuery(Name = "experiment"), Description("The name of the experiment.")]
    public string? Experiment { get; init; }

    [FromQuery(Name = "config"), Description("The id of the config.")]
    public string? Config { get; init; }

    [FromQuery(Name = "status"), Description("pending, success, failed, timedOut, cancelled or skipped.")]
    public string? Status { get; init; }

    [FromQuery(Name = "role"), Description("primary, shadow, candidate or noise.")]
    public string? Role { get; init; }

    [FromQuery(Name = "errorType"), Description("The full name of the type of the exception.")]
    public string? ErrorType { get; init; }

    [FromQuery(Name = "verdict"), Description("What came of the comparison: match, mismatch, ignored or error.")]
    public string? Verdict { get; init; }

    [FromQuery(Name = "from"), Description("The earliest start, such as 2026-11-22T12:00:00Z; itself included.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("The latest start; itself not included.")]
    public string? To { get; init; }

    [FromQuery(Name = "metric"), Description("The range of a metric as NAME:LEAST:MOST, either bound may be left out: latency:10:. Several times for several metrics.")]
    public string[]? Metric { get; init; }

    /// <exception cref="BadRequestException">A part of it makes no sense.</exception>
    public BranchFilter Filter()
    {
        var (from, to) = (Query.Time("from", From), Query.Time("to", To));
        if (from >= to)
            throw new BadRequestException($"from ({from:u}) must be before to ({to:u}).");

        return new BranchFilter
        {
            RunId = Query.Run(Run),
            Experiment = Query.Name(Experiment),
            ConfigId = Query.Name(Config),
            Status = Query.Status(Status),
            Role = Query.OneOf<BranchRole>("role", Role),
            ErrorType = Query.Name(ErrorType),
            Verdict = Query.OneOf<ComparisonVerdict>("verdict", Verdict),
            From = from,
            To = to,
            Metrics = [.. (Metric ?? []).Select(Range)],
        };
    }

    // from the end, since a name may have a colon
    private static MetricRange Range(string text)
    {
        var most = text.LastIndexOf(':');
        var least = most > 0 ? text.LastIndexOf(':', most - 1) : -1;
        if (least <= 0)
            throw Wrong(text);

        var range = new MetricRange(text[..least], Bound(text, text[(least + 1)..most]), Bound(text, text[(most + 1)..]));
        return range.Min > range.Max ? throw Wrong(text) : range;
    }

    private static double? Bound(string text, string bound)
    {
        if (bound.Length == 0)
            return null;

        return double.TryParse(bound, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw Wrong(text);
    }

    private static BadRequestException Wrong(string text) =>
        new($"metric is '{text}' and must be NAME:LEAST:MOST with the lower bound first; either bound may be left out, such as latency:10: or latency::50.");
}
