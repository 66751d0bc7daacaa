using Microsoft.AspNetCore.Http.HttpResults;
using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Api.Dto;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Api;

/// <summary>What there is to run, and running it.</summary>
internal static class ExperimentsApi
{
    private static readonly TimeSpan RecordTime = TimeSpan.FromSeconds(1);

    public static void MapExperiments(this RouteGroupBuilder api)
    {
        api.MapGet("/experiments", List);
        api.MapPost("/experiments/{name}/runs", RunAsync);
    }

    private static Ok<ExperimentDto[]> List(ExperimentRegistry experiments) =>
        TypedResults.Ok(experiments.All.Select(ExperimentDto.From).ToArray());

    private static async Task<Created<RunAnswerDto>> RunAsync(
        string name, HttpRequest request, ExperimentRegistry experiments, SpearmintClient client, CancellationToken cancellationToken)
    {
        var experiment = experiments.Find(name);
        var input = await RequestBody.ReadAsync(request, cancellationToken);
        var run = await CallAsync(experiment, input, client, cancellationToken);
        return TypedResults.Created($"{request.PathBase}/api/v1/runs/{run.RunId}", RunAnswerDto.From(experiment, run));
    }

    private static async Task<ByteRun> CallAsync(ByteExperiment experiment, byte[] input, SpearmintClient client, CancellationToken cancellationToken)
    {
        var watch = new PrimaryWatch();
        try
        {
            return await experiment.RunAsync(client, input, new RunOptions { Sink = watch }, cancellationToken);
        }
        catch (Exception e) when (e is not ShuttingDownException && !cancellationToken.IsCancellationRequested)
        {
            // a function may throw anything; its record says it without secrets
            throw new RunFailedException(e, await RecordOfAsync(watch, client));
        }
    }

    private static async Task<BranchFinished?> RecordOfAsync(PrimaryWatch watch, SpearmintClient client)
    {
        try
        {
            await client.FlushAsync(RecordTime).WaitAsync(RecordTime);
            return await watch.Ended.WaitAsync(RecordTime);
        }
        catch (TimeoutException)
        {
            // the run was refused before a branch began, by its strategy for example
            return null;
        }
    }
}
