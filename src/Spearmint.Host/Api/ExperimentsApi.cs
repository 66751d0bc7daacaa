using System.ComponentModel;
using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Spearmint.Client;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Api.Runs;
using Spearmint.Host.Experiments;
using Spearmint.Host.Security;
using Spearmint.Host.Storage;
using Spearmint.Protocol;

namespace Spearmint.Host.Api;

/// <summary>What there is to run, and running it.</summary>
internal static class ExperimentsApi
{
    public static void MapExperiments(this RouteGroupBuilder api)
    {
        api.MapGet("/experiments", List).WithTags("experiments").WithSummary("The experiments that there are");
        api.MapGet("/experiments/{name}", GetAsync).WithTags("experiments").WithSummary("One experiment: configs, file, settings, account and figures").Problems(404);
        api.MapGet("/experiments/{name}/definition", Definition).WithTags("experiments").WithSummary("How an experiment is defined").Problems(404);
        api.MapGet("/experiments/{name}/account", AccountAsync).WithTags("experiments")
            .WithSummary("What has become of everything that an experiment was offered since the start").Problems(404);
        api.MapGet("/experiment-files/errors", Errors).WithTags("experiments").WithSummary("What is wrong with the files of experiments now");
        api.MapPost("/experiments/{name}/runs", RunAsync).WithTags("runs").RequireAuthorization(Role.Operator)
            .Accepts<IFormFile>("application/octet-stream", "*/*").WithSummary("Runs an experiment over the bytes of the body").Problems(400, 404, 409, 413, 422, 500, 503, 504);
    }

    private static Ok<ExperimentDto[]> List(ExperimentRegistry experiments) =>
        TypedResults.Ok(experiments.All.Select(ExperimentDto.From).ToArray());

    private static async Task<Ok<ExperimentDetailDto>> GetAsync(
        ExperimentRegistry experiments, SpearmintClient client, BranchRecords records, TimeProvider clock, [Description("The name of the experiment.")] string name,
        CancellationToken cancellationToken)
    {
        var experiment = experiments.Find(name);
        var settings = await client.GetSettingsAsync(name);
        var account = await client.GetAccountAsync();
        return TypedResults.Ok(new ExperimentDetailDto(
            name, experiment.Description, experiment.StrategyName, ExperimentDto.From(experiment).Configs, FileDto.From(experiment.File),
            [.. experiments.Errors.Where(error => error.Path == experiment.File?.Path)], SettingsDto.From(settings), account[name],
            await FiguresAsync(records, name, TimeRange.Read(null, null, clock), cancellationToken)));
    }

    // the rest of an experiment is worth seeing when the store is away too
    private static async Task<IReadOnlyList<ConfigFiguresDto>?> FiguresAsync(BranchRecords records, string name, TimeRange range, CancellationToken cancellationToken)
    {
        await records.FlushAsync();
        try
        {
            var figures = await records.Store.GetConfigBucketsAsync(new StatisticsQuery(range.From, range.To) { Experiment = name }, cancellationToken);
            return [.. figures.Select(ConfigFiguresDto.From)];
        }
        catch (StorageUnavailableException)
        {
            return null;
        }
    }

    private static Ok<DefinitionDto> Definition(ExperimentRegistry experiments, [Description("The name of the experiment.")] string name) =>
        TypedResults.Ok(DefinitionDto.From(experiments.Find(name)));

    private static async Task<Ok<StrategyAccount>> AccountAsync(
        ExperimentRegistry experiments, SpearmintClient client, [Description("The name of the experiment.")] string name)
    {
        var experiment = experiments.Find(name).Name;
        return TypedResults.Ok((await client.GetAccountAsync())[experiment]);
    }

    private static Ok<IReadOnlyList<FileError>> Errors(ExperimentRegistry experiments) => TypedResults.Ok(experiments.Errors);

    private static async Task<Results<Created<RunAnswerDto>, RunAnswerResult>> RunAsync(
        HttpContext context, ExperimentRegistry experiments, RunCaller caller, IdempotentRuns idempotent, [Description("The name of the experiment.")] string name,
        [AsParameters] RunRequest asked, CancellationToken cancellationToken)
    {
        var experiment = experiments.Find(name);
        var (options, key) = (asked.Options(experiment), asked.Once());
        var input = await RequestBody.ReadAsync(context.Request, cancellationToken);
        if (key is null)
        {
            var answer = await caller.RunAsync(experiment, input, options with { RunId = Guid.CreateVersion7() }, cancellationToken);
            return TypedResults.Created($"{context.Request.PathBase}/api/v1/runs/{answer.RunId}", answer);
        }

        var traceId = Activity.Current?.Id ?? context.TraceIdentifier;
        return await idempotent.RunAsync(
            name, key, asked.Fingerprint(input), runId => caller.AnswerAsync(experiment, input, options with { RunId = runId }, traceId), cancellationToken);
    }
}
