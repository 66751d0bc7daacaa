using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Spearmint.Host.Api.Comparing;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Experiments;
using Spearmint.Host.Storage;

namespace Spearmint.Host.Api;

/// <summary>Which config is better, and what is broken.</summary>
internal static class FiguresApi
{
    private const int MostPairs = 2500;
    private const int MostSamples = 20;

    public static void MapFigures(this RouteGroupBuilder api)
    {
        api.MapGet("/experiments/{name}/statistics", StatisticsAsync).WithTags("figures")
            .WithSummary("Counts, error rates, latencies and metrics by config and bucket").Problems(400, 404, 503);
        api.MapGet("/experiments/{name}/compare", CompareAsync).WithTags("figures")
            .WithSummary("Two configs: what differs in them, and in what they do").Problems(400, 404, 503);
        api.MapGet("/experiments/{name}/mismatches", MismatchesAsync).WithTags("figures")
            .WithSummary("Where outputs differ, more than by chance or not").Problems(400, 404, 503);
        api.MapGet("/experiments/{name}/failures", FailuresOfAsync).WithTags("figures")
            .WithSummary("Failures of an experiment by config and type, the most frequent first").Problems(400, 404, 503);
        api.MapGet("/failures", FailuresAsync).WithTags("figures")
            .WithSummary("Failures of all experiments by config and type, the most frequent first").Problems(400, 503);
    }

    private static async Task<Ok<StatisticsDto>> StatisticsAsync(
        BranchRecords records, ExperimentRegistry experiments, TimeProvider clock, [Description("The name of the experiment.")] string name,
        [Description("The earliest minute; 24 hours before to by default.")] string? from, [Description("The latest minute, itself not included; now by default.")] string? to,
        [Description("none, the default, minute, hour or day.")] string? bucket, [Description("The id of one config.")] string? config, CancellationToken cancellationToken)
    {
        var range = TimeRange.Read(from, to, clock);
        var query = Of(range, experiments.Find(name).Name) with { Bucket = range.Bucket(bucket), ConfigId = Query.Name(config) };
        await records.FlushAsync();
        var figures = await records.Store.GetConfigBucketsAsync(query, cancellationToken);
        return TypedResults.Ok(new StatisticsDto(
            name, range.From.UtcDateTime, range.To.UtcDateTime, Query.Name(bucket)?.ToLowerInvariant() ?? "none", [.. figures.Select(ConfigFiguresDto.From)]));
    }

    private static async Task<Ok<CompareDto>> CompareAsync(
        BranchRecords records, ExperimentRegistry experiments, TimeProvider clock, [Description("The name of the experiment.")] string name,
        [Description("The id of the config that the other is measured by.")] string? one, [Description("The id of the other config.")] string? other,
        [Description("The earliest minute; 24 hours before to by default.")] string? from, [Description("The latest minute, itself not included; now by default.")] string? to,
        CancellationToken cancellationToken)
    {
        var (experiment, range) = (experiments.Find(name), TimeRange.Read(from, to, clock));
        if (Query.Name(one) is not { } first || Query.Name(other) is not { } second)
            throw new BadRequestException($"one and other must be the ids of two configs of {name}: {string.Join(", ", experiment.Configs.Select(config => config.Id))}.");
        if (first == second)
            throw new BadRequestException($"one and other are both '{first}' and must be two different configs.");

        await records.FlushAsync();
        var known = new KnownConfigs(experiment, await records.Store.GetConfigsAsync(name, cancellationToken));
        var query = Of(range, name);
        var (ofOne, ofOther) = (await BucketAsync(first), await BucketAsync(second));
        var pairs = await records.Store.GetPairsAsync(query, first, second, MostPairs, cancellationToken);
        return TypedResults.Ok(TwoConfigs.Compare(name, range, known[first], known[second], ofOne, ofOther, pairs));

        async Task<ConfigBucket> BucketAsync(string id) =>
            await records.Store.GetConfigBucketsAsync(query with { ConfigId = id }, cancellationToken) is [var found, ..] ? found : new ConfigBucket(name, id, range.From);
    }

    private static async Task<Ok<MismatchesDto>> MismatchesAsync(
        BranchRecords records, ExperimentRegistry experiments, TimeProvider clock, [Description("The name of the experiment.")] string name,
        [Description("The earliest minute; 24 hours before to by default.")] string? from, [Description("The latest minute, itself not included; now by default.")] string? to,
        CancellationToken cancellationToken)
    {
        var (experiment, range) = (experiments.Find(name), TimeRange.Read(from, to, clock));
        await records.FlushAsync();
        var pairs = await records.Store.GetPairBucketsAsync(Of(range, experiment.Name), cancellationToken);
        var filter = new BranchFilter { Experiment = experiment.Name, Verdict = Domain.ComparisonVerdict.Mismatch, From = range.From, To = range.To };
        var samples = await records.Store.ListBranchesAsync(filter, before: null, MostSamples, cancellationToken);
        return TypedResults.Ok(MismatchesDto.Of(name, range, pairs, samples.Items));
    }

    private static Task<Ok<FailuresDto>> FailuresOfAsync(
        BranchRecords records, ExperimentRegistry experiments, TimeProvider clock, [Description("The name of the experiment.")] string name,
        [Description("The earliest minute; 24 hours before to by default.")] string? from, [Description("The latest minute, itself not included; now by default.")] string? to,
        CancellationToken cancellationToken) => ReadFailuresAsync(records, experiments.Find(name).Name, TimeRange.Read(from, to, clock), cancellationToken);

    private static Task<Ok<FailuresDto>> FailuresAsync(
        BranchRecords records, TimeProvider clock, [Description("The earliest minute; 24 hours before to by default.")] string? from,
        [Description("The latest minute, itself not included; now by default.")] string? to, CancellationToken cancellationToken) =>
        ReadFailuresAsync(records, experiment: null, TimeRange.Read(from, to, clock), cancellationToken);

    private static async Task<Ok<FailuresDto>> ReadFailuresAsync(BranchRecords records, string? experiment, TimeRange range, CancellationToken cancellationToken)
    {
        await records.FlushAsync();
        var groups = await records.Store.GetFailuresAsync(Of(range, experiment), cancellationToken);
        return TypedResults.Ok(new FailuresDto(range.From.UtcDateTime, range.To.UtcDateTime, [.. groups.Select(FailureDto.From)]));
    }

    private static StatisticsQuery Of(TimeRange range, string? experiment) => new(range.From, range.To) { Experiment = experiment };
}
